// The processor's time that a request takes, in microseconds, for each client.
import http from 'node:http';
import OpenAI from 'openai';
import { request } from 'undici';
const { BASE } = process.env;
const openai = new OpenAI({ apiKey: 'key', baseURL: BASE });
const agent = new http.Agent({ keepAlive: true });
const clients = {
  fetch: async () => (await fetch(BASE + '/fetch')).text(),
  http: () =>
    new Promise((resolve) => http.get(BASE + '/http', { agent }, (response) => response.resume().on('end', resolve))),
  undici: async () => (await request(BASE + '/undici')).body.dump(),
  openai: async () => openai.models.retrieve('m'),
};
const costs = {};
for (const [name, call] of Object.entries(clients)) {
  const few = [];
  for (let count = 0; count < 200; count += 1) await call();
  for (let round = 0; round < 10; round += 1) {
    const before = process.cpuUsage();
    for (let count = 0; count < 50; count += 1) await call();
    const { user, system } = process.cpuUsage(before);
    few.push((user + system) / 50);
  }
  costs[name] = few.sort((one, other) => one - other)[5];
}
agent.destroy();
console.log(JSON.stringify(costs));

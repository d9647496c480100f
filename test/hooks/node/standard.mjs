// What comes with Node: fetch and http, and programs that start others.
import http from 'node:http';
import { AsyncResource } from 'node:async_hooks';
const { BASE } = process.env;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

async function load(name) {
  const response = await fetch(BASE + name); // @fetch_await
  return response.text();
}
await load('/mark-fetch_await');
await fetch(BASE + '/mark-fetch_then').then((response) => response.text());
const late = fetch(BASE + '/mark-fetch_late');
await pause(5);
await (await late).text();
void fetch(BASE + '/mark-fetch_forgotten');
await fetch(BASE + '/redirect?to=/mark-fetch_redirected').then((response) => response.text()); // 2 times mark-fetch_redirected
for (let attempt = 0; attempt < 3; attempt += 1) {
  const response = await fetch(BASE + '/mark-fetch_retried'); // 2 times mark-fetch_retried
  await response.text();
  if (response.ok) break;
}
const wrapped = (path) => fetch(BASE + path).then((response) => response.text()); // @fetch_helper
await wrapped('/mark-fetch_helper');
const stream = await fetch(BASE + '/stream', { method: 'POST', body: '{"stream":true,"id":"mark-fetch_stream"}' }); // @fetch_stream
for await (const part of stream.body) void part;
await Promise.allSettled(['a', 'b'].map((name) => fetch(BASE + '/mark-fetch_all?' + name))); // 2 times mark-fetch_all

const end = (resolve) => (response) => response.resume().on('end', resolve);
await new Promise((resolve) => http.get(BASE + '/mark-http_get', end(resolve)));
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
await Promise.all([
  new Promise((resolve) => http.get(BASE + '/mark-http_first', { agent }, end(resolve))),
  new Promise((resolve) => http.get(BASE + '/mark-http_queued', { agent }, end(resolve))),
]);
agent.destroy();
await new Promise((resolve) => {
  const request = http.request(BASE + '/mark-http_written', { method: 'POST' }, end(resolve));
  request.write('a');
  setTimeout(() => request.end('b'), 5);
});
const resource = new AsyncResource('other');
resource.runInAsyncScope(() => void fetch(BASE + '/mark-fetch_resource'));
setTimeout(() => void fetch(BASE + '/mark-fetch_timer'), 1);

// What people install to make requests.
import { Agent, Client, Pool, fetch as npmFetch, request } from 'undici';
import axios from 'axios';
import got from 'got';
import ky from 'ky';
import nodeFetch from 'node-fetch';
import superagent from 'superagent';
const { BASE } = process.env;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const dump = ({ body }) => body.dump();

await request(BASE + '/mark-undici_await').then(dump);
await npmFetch(BASE + '/mark-undici_fetch').then((response) => response.text());
const pool = new Pool(BASE, { connections: 1 });
await Promise.all([
  pool.request({ path: '/mark-undici_pool', method: 'GET' }).then(dump),
  pool.request({ path: '/mark-undici_queue', method: 'GET' }).then(dump),
  fetch(BASE + '/mark-undici_dispatcher', { dispatcher: pool }).then((response) => response.text()),
]);
await pool.close();
const client = new Client(BASE, { pipelining: 3 });
await Promise.all([
  client.request({ path: '/mark-undici_client', method: 'GET' }).then(dump),
  client.request({ path: '/mark-undici_pipelined', method: 'GET' }).then(dump),
]);
await client.close();
const composed = new Agent().compose((dispatch) => (given, handler) => dispatch(given, handler));
await request(BASE + '/mark-undici_interceptor', { dispatcher: composed }).then(dump);
await composed.close();

await axios.get(BASE + '/mark-axios_await');
await axios.get(BASE + '/mark-axios_then').then(({ data }) => data);
await axios(BASE + '/mark-axios_called');
const created = axios.create({ baseURL: BASE });
created.interceptors.request.use(async (config) => {
  await pause(2);
  return config;
});
await created.get('/mark-axios_interceptor');
await axios.get(BASE + '/mark-axios_fetch', { adapter: 'fetch' });
void axios.get(BASE + '/mark-axios_forgotten');

await got(BASE + '/mark-got_await').text();
await got(BASE + '/mark-got_then').then(({ body }) => body);
const json = await got.post(BASE + '/mark-got_json', { json: {} }).json();
void json;
await got(BASE + '/mark-got_retried', { retry: { limit: 2, calculateDelay: () => 1 } }).text(); // 2 times mark-got_retried
for await (const part of got.stream(BASE + '/mark-got_stream')) void part;
void got(BASE + '/mark-got_forgotten').text();
const extended = got.extend({ hooks: { beforeRequest: [async () => pause(2)] } });
await extended(BASE + '/mark-got_interceptor').text();

await ky(BASE + '/mark-ky_await').text();
await ky.get(BASE + '/mark-ky_json').json();
await ky(BASE + '/mark-ky_then').then((response) => response.text());
await ky(BASE + '/mark-ky_retried', { retry: { limit: 2, delay: () => 1 } }).text(); // 2 times mark-ky_retried
await ky
  .extend({ hooks: { beforeRequest: [async () => pause(2)] } })(BASE + '/mark-ky_interceptor')
  .text();

await nodeFetch(BASE + '/mark-nodefetch_await').then((response) => response.text());
const given = nodeFetch(BASE + '/mark-nodefetch_late');
await pause(5);
await (await given).text();

await superagent.get(BASE + '/mark-superagent_await');
await superagent.post(BASE + '/mark-superagent_json').send({ a: 1 });
await superagent.get(BASE + '/mark-superagent_then').then(({ body }) => body);
await new Promise((resolve) => superagent.get(BASE + '/mark-superagent_callback').end(resolve));
await superagent.get(BASE + '/mark-superagent_retried').retry(2); // 2 times mark-superagent_retried
const agent = superagent.agent();
await agent.get(BASE + '/mark-superagent_agent');
const unsent = superagent.get(BASE + '/mark-superagent_late');
await pause(5);
await unsent;

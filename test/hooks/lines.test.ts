import assert from 'node:assert/strict';
import { answerJson } from './recordingGateway.ts';
import { assertLines, openBench, runtimes, type Bench } from './program.ts';

const fetchProgram = `
const url = process.env.BASE;
async function load(name) {
  const response = await fetch(url + name); // @awaited
  return response.text();
}
await load('/mark-awaited');
await fetch(url + '/mark-then').then((response) => response.text());
await Promise.all([
  fetch(url + '/mark-first').then((response) => response.text()),
  fetch(
    url + '/second', // not the line of the call
    { method: 'POST', body: 'mark-second' },
  ).then((response) => response.text()),
]);
const early = fetch(new URL(url + '/mark-early'));
await new Promise((resolve) => setTimeout(resolve, 20));
await (await early).text();
await fetch(new Request(url + '/mark-request')).then((response) => response.text());
setTimeout(() => fetch(url + '/mark-timer').then((response) => response.text()), 5);
void fetch(url + '/mark-forgotten');
`.replace('  fetch(\n', '  fetch( // @second\n');

const httpProgram = `
const http = require('node:http');
const { BASE } = process.env;
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const end = (response) => response.resume();
http.get(BASE + '/mark-get', end);
http.get(BASE + '/mark-queued', { agent }, end);
http.get(BASE + '/mark-behind', { agent }, end);
http.get(BASE + '/mark-last', { agent }, (response) => {
  response.resume().on('end', () => {
    http.get(BASE + '/mark-after', { agent }, end);
  });
});
const given = http.get(BASE + '/given-up', { agent }, end);
given.on('error', () => {});
given.destroy();
const slow = http.request(BASE + '/mark-slow', { method: 'POST' }, end);
slow.write('a');
setTimeout(() => slow.end('b'), 20);
http.request({ port: new URL(BASE).port, host: 'localhost', family: 4, path: '/mark-parts?a=b' }, end).end();
`;

const undiciProgram = `
import { Agent, Client, Pool, fetch as npmFetch, request } from 'undici';
const { BASE } = process.env;
const pool = new Pool(BASE, { connections: 1 });
const dump = ({ body }) => body.dump();
const options = { path: '/mark-shared', method: 'POST', body: 'x' };
await Promise.all([
  request(BASE + '/mark-request').then(dump),
  npmFetch(BASE + '/mark-fetch').then((response) => response.text()),
  pool.request({ path: '/mark-pool', method: 'GET' }).then(dump),
  pool.request({ path: '/mark-waiting', method: 'GET' }).then(dump),
  fetch(BASE + '/mark-through', { dispatcher: pool }).then((response) => response.text()),
  pool.request(options).then(dump),
  pool.request({ path: '/mark-end', method: 'GET' }).then(dump),
]);
const client = new Client(BASE, { pipelining: 3 });
await Promise.all([
  client.request({ path: '/mark-one', method: 'GET' }).then(dump),
  client.request({ path: '/mark-two', method: 'GET' }).then(dump),
]);
const composed = new Agent().compose((dispatch) => (given, handler) => {
  return dispatch(given, handler);
});
await request(BASE + '/mark-composed', { dispatcher: composed }).then(dump);
await npmFetch(BASE + '/mark-intercepted', { dispatcher: composed }).then((response) => response.text());
await Promise.all([pool.close(), client.close(), composed.close()]);
`.replace('  pool.request(options).then(dump),', '  pool.request(options).then(dump), // @shared');

const clientsProgram = `
import OpenAI from 'openai';
import Anthropic from '@anthropic-ai/sdk';
import axios from 'axios';
const { BASE } = process.env;
const ask = (content) => ({ model: 'm', max_tokens: 9, messages: [{ role: 'user', content }] });
const openai = new OpenAI({ apiKey: 'key', baseURL: BASE + '/openai', maxRetries: 2 });
const anthropic = new Anthropic({ apiKey: 'key', baseURL: BASE + '/anthropic', maxRetries: 2 });
await openai.chat.completions.create(ask('mark-openai'));
await openai.chat.completions.create(ask('mark-then')).then((answer) => answer.id);
const late = openai.chat.completions.create(ask('mark-late'));
await new Promise((resolve) => setTimeout(resolve, 20));
await late;
const forgotten = openai.responses.create({ model: 'm', input: 'mark-responses' });
const stream = await openai.chat.completions.create({ ...ask('mark-stream'), stream: true });
for await (const part of stream) void part;
await openai.chat.completions.create(ask('mark-retried'));
await Promise.all(['mark-a', 'mark-b', 'mark-c'].map((name) => openai.chat.completions.create(ask(name)))); // @a @b @c
await anthropic.messages.create(ask('mark-anthropic'));
await anthropic.messages.create(ask('mark-anthropicRetried'));
await anthropic.messages.stream(ask('mark-anthropicStream')).finalMessage().catch(() => {});
await axios.get(BASE + '/mark-axios');
await axios(BASE + '/mark-called');
await axios.create({ baseURL: BASE }).post('/mark-created', {}).then((response) => response.data);
await axios.get(BASE + '/mark-fetching', { adapter: 'fetch' });
await forgotten;
`;

for (const runtime of runtimes) {
  describe(`the line of a call under ${runtime.name}`, function () {
    this.timeout(60_000);
    let bench: Bench;
    const failed = new Set<string>();
    before(async () => {
      bench = await openBench((response, { body }) => {
        const retried = /mark-\w*etried/.exec(body)?.[0];
        if (retried !== undefined && !failed.has(retried)) {
          failed.add(retried);
          response.writeHead(500, { 'retry-after-ms': '1' }).end();
        } else if (body.includes('"stream":true')) {
          response.setHeader('content-type', 'text/event-stream');
          response.end('data: [DONE]\n\n');
        } else answerJson(response);
      }, 2_000);
    });
    afterEach(() => (bench.gateway.recorded as unknown[]).splice(0));
    after(() => bench.close());

    const check = async (name: string, text: string, times: Record<string, number> = {}): Promise<void> => {
      const file = bench.write(name, text);
      const outcome = await bench.run(runtime, [file]);
      assert.deepEqual(outcome, { code: 0, output: '', errors: '' });
      assertLines(file, bench.gateway.recorded, times);
    };

    it('is found for fetch: awaited, chained, together, awaited late, and forgotten', () =>
      check('fetch.mjs', fetchProgram));

    it('is found for node:http: queued, given up, written slowly', () => check('http.cjs', httpProgram));

    it('is found for undici: pools that queue, pipelines, interceptors, a shared options object', () =>
      check('undici.mjs', undiciProgram));

    it('is found through openai, @anthropic-ai/sdk and axios: retries and streams too', () => {
      failed.clear();
      return check('clients.mjs', clientsProgram, { retried: 2, anthropicRetried: 2 });
    });

    it('is found through the CommonJS builds of the same', () => {
      failed.clear();
      const required = clientsProgram.replace(/^import (\w+) from (.*);$/gm, 'const $1 = require($2);');
      return check(
        'clients.cjs',
        `(async () => {${required}})();`.replaceAll(
          /const (OpenAI|Anthropic|axios) = require\((.*)\);/g,
          'const $1 = ((m) => m.default ?? m)(require($2));',
        ),
        { retried: 2, anthropicRetried: 2 },
      );
    });
  });
}

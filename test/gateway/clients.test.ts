import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import type { RequestListener } from 'node:http';
import { promisify } from 'node:util';
import Anthropic from '@anthropic-ai/sdk';
import axios from 'axios';
import OpenAI from 'openai';
import { closeAll, gatewayWith, lastExchange, upstream, type GatewayFixture } from './support.ts';

const run = promisify(execFile);
const secrets = {
  openai: { type: 'key', value: 'sk-real' },
  anthropic: { type: 'key', value: 'sk-ant-real' },
} as const;

describe('Programs that call through the gateway:', () => {
  afterEach(closeAll);

  it('the openai SDK, with an answer and with a stream', async () => {
    const gateway = await gatewayTo(completions);
    const { OPENAI_BASE_URL: baseURL, OPENAI_API_KEY: apiKey } = await gateway.api.programEnvironment();
    assert.ok(baseURL !== undefined && apiKey !== undefined);
    const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 });
    const messages = [{ role: 'user', content: 'Hi' }] as const;
    const whole = await client.chat.completions.create({ model: 'm', messages: [...messages] });
    assert.equal(whole.choices[0]?.message.content, 'Bearer sk-real');
    const pieces: string[] = [];
    for await (const event of await client.chat.completions.create({
      model: 'm',
      messages: [...messages],
      stream: true,
    }))
      pieces.push(event.choices[0]?.delta.content ?? '');
    assert.deepEqual(pieces, ['one', 'two']);
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.provider, 'openai');
    assert.equal(exchange.model, 'm');
  });

  it('the openai SDK, which is told of a refusal as by the provider itself', async () => {
    const error = { code: 'insufficient_quota', type: 'insufficient_quota', message: 'You have no quota left.' };
    const gateway = await gatewayTo((request, response) => {
      request.resume();
      response.writeHead(429, { 'Content-Type': 'application/json' }).end(JSON.stringify({ error }));
    });
    const client = new OpenAI({ baseURL: `${gateway.url}/openai/v1`, apiKey: gateway.programKey, maxRetries: 0 });
    await assert.rejects(client.models.list(), { name: 'Error', status: 429, code: 'insufficient_quota' });
    const exchange = await lastExchange(gateway);
    assert.equal(exchange.diagnosis?.cause, 'insufficient_funds');
    const [api] = await gateway.api.apis();
    assert.equal(api?.health, 'refused');
  });

  it('the Anthropic SDK', async () => {
    const gateway = await gatewayTo((request, response) => {
      request.resume();
      const text = String(request.headers['x-api-key']);
      const message = { id: 'm', type: 'message', role: 'assistant', model: 'm', content: [{ type: 'text', text }] };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(message));
    });
    const client = new Anthropic({ baseURL: `${gateway.url}/anthropic`, apiKey: gateway.programKey, maxRetries: 0 });
    const answer = await client.messages.create({
      model: 'm',
      max_tokens: 5,
      messages: [{ role: 'user', content: 'Hi' }],
    });
    assert.deepEqual(answer.content, [{ type: 'text', text: 'sk-ant-real' }]);
  });

  it('axios, which hears why there is no such API', async () => {
    const gateway = await gatewayTo(completions);
    const { status, data } = await axios.get<{ error: { code: string } }>(`${gateway.url}/opnai/v1`, {
      validateStatus: () => true,
    });
    assert.equal(status, 404);
    assert.equal(data.error.code, 'unknown_api');
  });

  it('curl, with an upload that waits for "100 Continue"', async function () {
    const gateway = await gatewayTo((request, response) => {
      let size = 0;
      request.on('data', (bytes: Buffer) => (size += bytes.length));
      request.on('end', () => response.end(String(size)));
    });
    const body = 'x'.repeat(2 * 1024 * 1024);
    const words = ['-sS', '-H', 'Expect: 100-continue', '--data-binary', '@-', `${gateway.url}/openai/upload`];
    const called = run('curl', words);
    called.child.stdin?.on('error', () => undefined).end(body);
    const answer = await called.catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (answer === null) {
      console.log('      (curl is not installed)');
      this.skip();
      return;
    }
    assert.equal(answer.stdout, String(body.length));
  });

  it('Python’s urllib', async function () {
    const gateway = await gatewayTo(completions);
    const program =
      'import sys,urllib.request as u;r=u.Request(sys.argv[1],data=b"{}",headers={"Authorization":"Bearer "+sys.argv[2]});print(u.urlopen(r).read().decode())';
    const url = `${gateway.url}/openai/v1/chat/completions`;
    const answer = await run('python3', ['-c', program, url, gateway.programKey]).catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
      throw error;
    });
    if (answer === null) {
      console.log('      (python3 is not installed)');
      this.skip();
      return;
    }
    assert.match(answer.stdout, /Bearer sk-real/);
  });

  it('many at once, each with its own answer', async () => {
    const gateway = await gatewayTo((request, response) => {
      setTimeout(() => response.end(request.url), Math.random() * 20);
    });
    const paths = Array.from({ length: 200 }, (_, index) => `/call/${index}`);
    const answers = await Promise.all(paths.map(async (path) => (await fetch(`${gateway.url}/openai${path}`)).text()));
    assert.deepEqual(answers, paths);
  });
});

async function gatewayTo(listener: RequestListener): Promise<GatewayFixture> {
  const { url } = await upstream(listener);
  return gatewayWith(
    { openai: { provider: 'openai', upstream: url }, anthropic: { provider: 'anthropic', upstream: url } },
    { secrets },
  );
}

/** Answers as the chat completions API does; what it says is the credential that it saw. */
const completions: RequestListener = (request, response) => {
  const pieces: Buffer[] = [];
  request.on('data', (piece: Buffer) => pieces.push(piece));
  request.on('end', () => {
    const { stream = false } = JSON.parse(Buffer.concat(pieces).toString()) as { stream?: boolean };
    const content = request.headers.authorization ?? '';
    if (!stream) {
      const answer = {
        id: 'c',
        object: 'chat.completion',
        choices: [{ index: 0, message: { role: 'assistant', content } }],
      };
      response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
      return;
    }
    response.writeHead(200, { 'Content-Type': 'text/event-stream' });
    for (const piece of ['one', 'two'])
      response.write(`data: ${JSON.stringify({ id: 'c', choices: [{ index: 0, delta: { content: piece } }] })}\n\n`);
    response.end('data: [DONE]\n\n');
  });
};

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { curl } from '../../src/requests/curl.ts';
import { fetchCode } from '../../src/requests/fetchCode.ts';
import { httpFile } from '../../src/requests/httpFile.ts';
import { httpxCode } from '../../src/requests/httpxCode.ts';
import { openaiCode } from '../../src/requests/openaiCode.ts';
import { parseCurl } from '../../src/requests/parseCurl.ts';
import { parseHttpFile } from '../../src/requests/parseHttpFile.ts';
import { toPlainRequest, type PlainRequest } from '../../src/requests/plainRequest.ts';
import { pythons, withPackages } from '../hooks/pythonProgram.ts';
import { CallLog } from '../webview/callLog.ts';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headersDistinct'];
  readonly body: string;
}

describe('A request that was copied', () => {
  const received: Received[] = [];
  let server: Server;
  let origin: string;
  before(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      request.on('end', () => {
        received.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headersDistinct, body });
        response
          .setHeader('content-type', 'application/json')
          .end('{"id":"x","object":"chat.completion","choices":[]}');
      });
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    origin = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  beforeEach(() => void (received.length = 0));
  after(() => server.close());

  /** Quotes of every kind, dollars, lines, other scripts: whatever a shell or a language could take for its own. */
  const body = `{"say":"it's $HOME \\"and\\" \`more\`! ünïcode 漢字 😀 \\\\ \\n","at":"\n@x {{no}}"}`;
  const odd = (): PlainRequest => ({
    method: 'POST',
    url: `${origin}/v1/a[0]{b}/../c?q=a%20b&it=%27s%27`,
    headers: [
      ['X-Quote', `it's "so"`],
      ['X-Twice', 'a'],
      ['X-Twice', 'b'],
      ['Content-Type', 'application/json'],
    ],
    body,
  });

  /** Runs a program to its end, and gives what the server received. */
  async function run(program: string, args: readonly string[]): Promise<Received> {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 0, errors);
    const [sent, ...more] = received;
    assert.ok(sent !== undefined && more.length === 0);
    return sent;
  }

  function isOdd(sent: Received, path: string): void {
    assert.equal(sent.method, 'POST');
    assert.equal(sent.url, path);
    assert.equal(sent.body, body);
    assert.deepEqual(sent.headers['x-quote'], [`it's "so"`]);
    assert.deepEqual(sent.headers['x-twice']?.join(', ').split(', '), ['a', 'b']);
    assert.deepEqual(sent.headers['content-type'], ['application/json']);
  }

  it('as cURL is the same when the shell runs it', async function () {
    if (spawnSync('curl', ['--version']).status !== 0) {
      console.log('      curl is not installed');
      this.skip();
    }
    isOdd(await run('sh', ['-c', curl.write(odd())]), '/v1/a[0]{b}/../c?q=a%20b&it=%27s%27');
    received.length = 0;
    const bare = { method: 'DELETE', url: `${origin}/x`, headers: [['X-Empty', '']] as const, body: null };
    const sent = await run('sh', ['-c', curl.write(bare)]);
    assert.equal(sent.method, 'DELETE');
    assert.deepEqual(sent.headers['x-empty'], ['']);
  });

  it('as JavaScript is the same when Node runs it', async () => {
    const sent = await run(process.execPath, ['--input-type=module', '--eval', fetchCode.write(odd())]);
    // An address is normalised there (WHATWG URL, 4.4).
    isOdd(sent, '/v1/c?q=a%20b&it=%27s%27');
    assert.equal(fetchCode.fits?.({ ...odd(), method: 'GET' }), false);
  });

  it('as Python is the same when httpx sends it, and the same JSON when OpenAI’s SDK does', async function () {
    const python = pythons.map(withPackages).find((one) => one !== null);
    if (python === undefined) {
      console.log('      no Python with httpx and openai can be had here');
      this.skip();
      return;
    }
    const plain = { ...odd(), url: `${origin}/v1/c?q=a%20b` };
    isOdd(await run(python.file, ['-c', httpxCode.write(plain)]), '/v1/c?q=a%20b');
    received.length = 0;
    const json = {
      model: 'm-1',
      messages: [{ role: 'user', content: `it's 漢字 "so"` }],
      n: 2,
      x_own: { deep: [true, null] },
    };
    const chat: PlainRequest = {
      method: 'POST',
      url: `${origin}/v1/chat/completions`,
      headers: [],
      body: JSON.stringify(json),
    };
    const sent = await run('env', ['OPENAI_API_KEY=sk-none', python.file, '-c', openaiCode.write(chat)]);
    assert.equal(sent.url, '/v1/chat/completions');
    assert.deepEqual(JSON.parse(sent.body), json);
    assert.equal(openaiCode.fits?.(plain), false);
  });

  it('as an .http file or as cURL is read back as it was', () => {
    const request = { ...odd(), body: '{"a":1}' };
    const [read] = parseHttpFile(httpFile.write(request)).requests;
    assert.deepEqual(read, {
      line: 0,
      name: null,
      method: 'POST',
      url: request.url,
      headers: request.headers,
      body: { text: '{"a":1}' },
    });
    assert.deepEqual(parseCurl(curl.write(odd())), { kind: 'request', request: odd() });
  });

  it('lacks a body that was cut, and says so', () => {
    const log = new CallLog();
    log.add({ request: 'x'.repeat(10), method: 'PUT' });
    const exchange = log.calls[0]?.exchange;
    assert.ok(exchange);
    const cut = { text: 'xx', base64: null, size: 10, truncated: true, contentType: null, decodeError: null };
    const { request, complete } = toPlainRequest(exchange, cut);
    assert.equal(complete, false);
    assert.equal(request.body, null);
    assert.doesNotMatch(curl.write(request), /--data/);
  });
});

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { curl } from '../../src/requests/curl.ts';
import { fetchCode } from '../../src/requests/fetchCode.ts';
import { httpFile } from '../../src/requests/httpFile.ts';
import { httpxCode } from '../../src/requests/httpxCode.ts';
import { openaiCode } from '../../src/requests/openaiCode.ts';
import { parseCurl } from '../../src/requests/parseCurl.ts';
import { parseHttpFile } from '../../src/requests/parseHttpFile.ts';
import { toOutgoing } from '../../src/requests/toOutgoing.ts';
import { toPanelBody } from '../../src/shared/panelBody.ts';
import { toPlainRequest, type PlainRequest } from '../../src/requests/plainRequest.ts';
import { pythons, withPackages } from '../hooks/pythonProgram.ts';
import { CallLog } from '../webview/callLog.ts';

interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headersDistinct'];
  readonly body: string;
  readonly bytes: Buffer;
}

/** What a shell, a language, a file or a charset could take for its own, or drop. */
const nasty: readonly (readonly [bytes: Buffer, contentType: string | null])[] = [
  [Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), 'application/octet-stream'],
  [Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), 'application/json'],
  [Buffer.from([0xef, 0xbb, 0xbf, 0x7b, 0x7d]), 'application/json'],
  [Buffer.from('caf\u00e9', 'latin1'), 'text/plain; charset=iso-8859-1'],
  ...[
    'a\0b',
    '\n\n',
    '\r\nfirst\r\n\r\nlast\r\n\n',
    '### next\nGET http://127.0.0.1:9/\n\n# @name x\n// y\n@z = {{z}} {{$guid}} {{{',
    '< /etc/hostname',
    '@/etc/hostname',
    `"; $(exit 3) \`exit 4\` $HOME !! \\ \\n '"'"' %s \u2028 \u{1f600} 漢字 \u001b[0m\t`,
    'long '.repeat(40_000),
  ].map((text) => [Buffer.from(text), 'text/plain'] as const),
];

describe('A request that was copied', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-copies-'));
  after(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const makeScript = (parts: readonly string[], name = 'all'): string => {
    const file = path.join(folder, name);
    writeFileSync(file, parts.join('\n'));
    return file;
  };
  const received: Received[] = [];
  let server: Server;
  let origin: string;
  before(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const bytes = Buffer.concat(chunks);
        const [method, url] = [request.method ?? '', request.url ?? ''];
        received.push({ method, url, headers: request.headersDistinct, body: bytes.toString(), bytes });
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

  /** The same as the log would give it to whoever copies. */
  const copied = (): readonly PlainRequest[] =>
    nasty.map(([bytes, contentType]) => {
      const log = new CallLog();
      log.add({ request: bytes.toString(), method: 'POST' });
      const exchange = log.calls[0]?.exchange;
      assert.ok(exchange);
      const stored = { bytes, truncated: false, size: bytes.length, contentType, decodeError: null };
      const { request, complete } = toPlainRequest({ ...exchange, url: `${origin}/n` }, toPanelBody(stored));
      assert.ok(complete);
      return request;
    });

  function areNasty(sent: readonly Buffer[]): void {
    assert.equal(sent.length, nasty.length);
    for (const [index, [bytes]] of nasty.entries())
      assert.ok(
        sent[index]?.equals(bytes),
        `${String(index)}: ${JSON.stringify(sent[index]?.toString().slice(0, 90))}`,
      );
  }

  /** Runs a program to its end, and gives what the server received. */
  async function run(program: string, args: readonly string[]): Promise<Received> {
    await runAll(program, args);
    const [sent, ...more] = received;
    assert.ok(sent !== undefined && more.length === 0);
    return sent;
  }

  async function runAll(program: string, args: readonly string[]): Promise<void> {
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    assert.equal(code, 0, errors);
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
    received.length = 0;
    // A long script is no argument.
    const script = makeScript(copied().map((request) => curl.write(request)));
    await runAll('sh', [script]);
    areNasty(received.map(({ bytes }) => bytes));
  });

  it('as JavaScript is the same when Node runs it', async () => {
    const sent = await run(process.execPath, ['--input-type=module', '--eval', fetchCode.write(odd())]);
    // An address is normalised there (WHATWG URL, 4.4).
    isOdd(sent, '/v1/c?q=a%20b&it=%27s%27');
    assert.equal(fetchCode.fits?.({ ...odd(), method: 'GET' }), false);
    received.length = 0;
    await runAll(process.execPath, [
      makeScript(
        copied().map((request) => `{\n${fetchCode.write(request)}}`),
        'all.mjs',
      ),
    ]);
    areNasty(received.map(({ bytes }) => bytes));
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
    await runAll(python.file, [makeScript(copied().map((request) => httpxCode.write(request)))]);
    areNasty(received.map(({ bytes }) => bytes));
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
    const file = parseHttpFile(
      copied()
        .map((request) => `### a\n${httpFile.write(request)}`)
        .join('\n'),
    );
    const filling = { variables: file.variables, environment: () => undefined, dotenv: () => undefined };
    areNasty(
      file.requests.map((one) => {
        const outgoing = toOutgoing(one, filling, null);
        assert.equal(outgoing.kind, 'request');
        const { body: sent, isBase64 } = outgoing.request;
        return Buffer.from(sent ?? '', isBase64 ? 'base64' : 'utf8');
      }),
    );
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

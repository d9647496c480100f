import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';
import { certificateFor } from '../gateway/interceptStage.ts';
import { Stage, refuse } from './stage.ts';

const hasCurl = spawnSync('curl', ['--version']).status === 0;

describe('interception by the command line', function () {
  this.timeout(60_000);
  let stage: Stage;
  let upstream: Server | null = null;
  beforeEach(() => {
    stage = new Stage();
  });
  afterEach(() => {
    upstream?.closeAllConnections();
    upstream?.close();
    upstream = null;
    stage.close();
  });

  /** A server that refuses, by TLS, at a declared host. @returns where, and the file of its authority. */
  const serve = async (): Promise<{ readonly url: string; readonly authority: string }> => {
    const { key, cert, ca } = certificateFor('localhost');
    const server = createServer({ key, cert }, refuse);
    upstream = server;
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://localhost:${String((server.address() as AddressInfo).port)}`;
    stage.declare(url, { llm: { provider: 'openrouter' } });
    return { url, authority: stage.write('upstream.pem', ca) };
  };

  it('reads what "run --intercept" leads to a vendor’s own address, and says why it was refused', async function () {
    if (!hasCurl) return this.skip();
    const { url, authority } = await serve();
    const curl = ['curl', '--silent', '--show-error', '--data', '{"model":"m"}', `${url}/chat/completions`];
    const trusting = { NODE_EXTRA_CA_CERTS: authority };
    const { code, stdout, stderr } = await stage.run(['run', '--intercept', '--', ...curl], { environment: trusting });
    assert.equal(code, 0, stderr);
    assert.match(stdout, /can only afford 57/);
    assert.match(stderr, /One call was refused/);
    const log = await stage.run(['log', '--json']);
    assert.match(log.stdout, /"insufficient_funds"/, log.stdout + log.stderr);
  });

  it('says in the program’s answer why it does not trust a server', async function () {
    if (!hasCurl) return this.skip();
    const { url } = await serve();
    const { stdout, stderr } = await stage.run(['run', '--intercept', '--', 'curl', '--silent', `${url}/models`]);
    assert.match(stdout, /certificate|issuer/i, stdout + stderr);
  });

  it('makes an authority for those hosts, keeps its key to the user, and takes everything back', async () => {
    const shown = await stage.run(['ca', 'make', '--json']);
    const { file, hosts, installed } = JSON.parse(shown.stdout) as {
      file: string;
      hosts: string[];
      installed: boolean;
    };
    assert.ok(hosts.includes('api.openai.com'));
    assert.equal(installed, false);
    if (process.platform !== 'win32')
      assert.equal(statSync(path.join(path.dirname(file), 'ca.key')).mode & 0o777, 0o600, path.dirname(file));
    assert.equal((await stage.run(['ca', 'remove'])).code, 0);
    assert.ok(!existsSync(file));
  });

  it('has a shell’s programs go through a gateway, by what "env" prints, until "env --undo"', async function () {
    if (!hasCurl || process.platform === 'win32') return this.skip();
    const { url, authority } = await serve();
    mkdirSync(stage.data, { recursive: true });
    const serving = stage.start(['serve', '--intercept', '--port', '0'], { NODE_EXTRA_CA_CERTS: authority });
    await serving.until(() => serving.events()[0]);
    const { code, stdout, stderr } = await stage.run(['env', '--shell', 'bash']);
    assert.equal(code, 0, stderr);
    const { stdout: undo } = await stage.run(['env', '--shell', 'bash', '--undo']);
    const script = `${stdout}\ncurl --silent ${url}/models; echo; ${undo}\ncurl --silent ${url}/models || echo "curl $?"`;
    // The server that it calls is in this process.
    const shell = await promisify(execFile)('bash', ['-c', script], { env: { PATH: process.env.PATH } });
    assert.match(shell.stdout, /can only afford 57[^]*\ncurl 60\n$/, shell.stdout + shell.stderr);
  });
});

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { accessToken } from '../../src/cli/accessToken.ts';
import { fileHost } from '../../src/cli/fileHost.ts';
import { findPlaces } from '../../src/cli/places.ts';
import { capturedEnvironment } from '../../src/cli/runEnvironment.ts';
import { CommandFailure, UsageError } from '../../src/cli/usageError.ts';

describe('the places of the command line', () => {
  let folder = '';
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'tollgate-places-')));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const places = (options: Record<string, string>, cwd = folder) =>
    findPlaces(options, cwd, { XDG_DATA_HOME: path.join(folder, 'xdg'), LOCALAPPDATA: path.join(folder, 'xdg') });

  it('are the nearest configuration above, and a data folder of its own', () => {
    writeFileSync(path.join(folder, 'tollgate.jsonc'), '{}');
    const inner = path.join(folder, 'a', 'b');
    mkdirSync(inner, { recursive: true });
    const found = places({}, inner);
    assert.equal(found.catalogueFile, path.join(folder, 'tollgate.jsonc'));
    assert.deepEqual(found, places({}));
    assert.match(path.basename(found.dataDirectory), new RegExp(`^${path.basename(folder)}-[0-9a-f]{8}$`));
    writeFileSync(path.join(inner, 'tollgate.jsonc'), '{}');
    assert.notEqual(places({}, inner).dataDirectory, found.dataDirectory);
  });

  it('are as told, and a configuration that is told must exist', () => {
    writeFileSync(path.join(folder, 'other.jsonc'), '{}');
    assert.deepEqual(places({ config: 'other.jsonc', data: 'd' }), {
      catalogueFile: path.join(folder, 'other.jsonc'),
      dataDirectory: path.join(folder, 'd'),
    });
    assert.throws(() => places({ config: 'missing.jsonc' }), CommandFailure);
  });

  it('keep a token and secrets that only their owner can read', async () => {
    const token = await accessToken({}, folder);
    assert.equal(await accessToken({}, folder), token);
    assert.equal(await accessToken({ token: 'given' }, folder), 'given');
    await assert.rejects(accessToken({ token: 'a b' }, folder), UsageError);
    const host = fileHost(folder);
    assert.deepEqual(await host.secrets(), {});
    await Promise.all([
      host.saveSecret('a', { type: 'key', value: '1' }),
      host.saveSecret('b', { type: 'oauth2', refreshToken: '2' }),
    ]);
    assert.deepEqual(await fileHost(folder).secrets(), {
      a: { type: 'key', value: '1' },
      b: { type: 'oauth2', refreshToken: '2' },
    });
    if (process.platform !== 'win32')
      for (const name of ['token', 'secrets.json'])
        assert.equal(statSync(path.join(folder, name)).mode & 0o777, 0o600, name);
    writeFileSync(path.join(folder, 'secrets.json'), '{"a":{"type":"key","value":"sk-secret"');
    await assert.rejects(host.secrets(), (error: Error) => !error.message.includes('sk-secret'));
  });
});

describe('the environment of a captured command', () => {
  const program = { TOLLGATE_URL: 'http://127.0.0.1:1', OPENAI_BASE_URL: 'http://127.0.0.1:1/openai/v1' };

  it('adds to NODE_OPTIONS, and keeps the control token back', () => {
    const own = { PATH: '/bin', NODE_OPTIONS: '--max-old-space-size=64', TOLLGATE_TOKEN: 't' };
    const environment = capturedEnvironment(own, program, '/data/gateway.json');
    assert.match(environment.NODE_OPTIONS ?? '', /^--max-old-space-size=64 --require "[^"]+register\.cjs" $/);
    assert.equal(environment.TOLLGATE_STATE, '/data/gateway.json');
    assert.equal(environment.TOLLGATE_TOKEN, undefined);
    assert.equal(environment.PATH, '/bin');
    assert.equal(environment.OPENAI_BASE_URL, program.OPENAI_BASE_URL);
    assert.equal(environment.NO_PROXY, undefined);
  });

  it('keeps a proxy from being asked for the gateway', () => {
    const proxied = capturedEnvironment({ http_proxy: 'http://proxy', no_proxy: 'intra' }, program, 's');
    assert.equal(proxied.NO_PROXY, 'intra,127.0.0.1,localhost');
    assert.equal(proxied.no_proxy, 'intra,127.0.0.1,localhost');
    const already = capturedEnvironment({ HTTP_PROXY: 'http://proxy', NO_PROXY: '127.0.0.1' }, program, 's');
    assert.equal(already.NO_PROXY, '127.0.0.1');
  });
});

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAccess } from '../../src/gateway/access.ts';
import type { Credentials, ResolvedApi } from '../../src/gateway/parts.ts';
import { providerById } from '../../src/providers/index.ts';
import { apiWith, credentialsFor, jwt, memoryHost } from './credentialsStage.ts';

describe('static keys', () => {
  const declared = apiWith({ type: 'key' });

  it('are injected from the store', async () => {
    const host = memoryHost({ crm: { type: 'key', value: 'stored-key' } });
    const credentials = await credentialsFor([declared], { host });
    assert.equal((await credentials.injection(declared))?.value, 'stored-key');
    assert.deepEqual(credentials.state(declared), {
      kind: 'ready',
      expiresAt: null,
      refreshable: false,
      from: 'stored',
    });
    assert.equal((await credentials.refresh(declared)).kind, 'notRefreshable');
    assert.deepEqual(credentials.values(), ['stored-key']);
  });

  it('come from the declared variable, or the one the vendor’s SDK reads, where none is stored', async () => {
    const named = apiWith({ type: 'key', env: 'MY_KEY' }, { provider: providerById('openai') });
    const implicit = apiWith({ type: 'key' }, { name: 'b', credential: 'b', provider: providerById('openai') });
    const environment = { MY_KEY: ' mine\n', OPENAI_API_KEY: 'theirs' };
    const credentials = await credentialsFor([named, implicit], { environment });
    assert.equal((await credentials.injection(named))?.value, 'mine');
    assert.equal((await credentials.injection(implicit))?.value, 'theirs');
    const state = credentials.state(named);
    assert.ok(state.kind === 'ready' && state.from === 'environment');
    credentials.setSecret('crm', { type: 'key', value: 'stored' });
    assert.equal((await credentials.injection(named))?.value, 'stored');
    credentials.setSecret('crm', null);
    assert.equal((await credentials.injection(named))?.value, 'mine');
  });

  it('are not taken from another gateway’s program key', async () => {
    const api = apiWith({ type: 'key', env: 'KEY' });
    const credentials = await credentialsFor([api], { environment: { KEY: createAccess('x').programKey } });
    assert.deepEqual(credentials.state(api), { kind: 'missing' });
    assert.equal(await credentials.injection(api), null);
  });

  it('tell their end where they are JWTs, and are sent even then', async () => {
    const past = Math.floor(Date.now() / 1000) - 60;
    const value = jwt({ exp: past });
    const credentials = await credentialsFor([declared], { host: memoryHost({ crm: { type: 'key', value } }) });
    assert.deepEqual(credentials.state(declared), { kind: 'expired', expiredAt: past * 1000, refreshable: false });
    assert.equal((await credentials.injection(declared))?.value, value);
  });

  it('become user and password where Basic is asked for', async () => {
    const basic = apiWith({ type: 'key' }, { placement: { in: 'header', name: 'Authorization', scheme: 'Basic' } });
    const host = memoryHost({ crm: { type: 'key', value: 'user:pässword' } });
    const credentials = await credentialsFor([basic], { host });
    const value = (await credentials.injection(basic))?.value ?? '';
    assert.equal(Buffer.from(value, 'base64').toString(), 'user:pässword');
    assert.deepEqual(credentials.values(), ['user:pässword', value]);
  });

  it('are none where an API declares none', async () => {
    const open = apiWith(null);
    const credentials = await credentialsFor([open]);
    assert.deepEqual(credentials.state(open), { kind: 'none' });
    assert.equal(await credentials.injection(open), null);
    assert.equal((await credentials.refresh(open)).kind, 'notRefreshable');
  });
});

describe('commands', () => {
  const ends: (() => void)[] = [];
  afterEach(() => {
    for (const end of ends.splice(0)) end();
  });

  function script(source: string): readonly string[] {
    return [process.execPath, '-e', source];
  }

  async function stage(
    command: readonly string[],
    lifetime?: number,
    directory?: string,
  ): Promise<[Credentials, ResolvedApi]> {
    const api = apiWith({ type: 'command', command: [...command], ...(lifetime === undefined ? {} : { lifetime }) });
    const credentials = await credentialsFor([api], {
      environment: { PATH: process.env.PATH ?? '', WHO: 'me' },
      ...(directory === undefined ? {} : { directory }),
    });
    ends.push(() => credentials.dispose());
    return [credentials, api];
  }

  function folder(): string {
    const made = mkdtempSync(path.join(tmpdir(), 'tollgate-command-'));
    ends.push(() => rmSync(made, { recursive: true }));
    return made;
  }

  it('print a token, trimmed, that is kept until its declared end', async () => {
    const count = path.join(folder(), 'count');
    writeFileSync(count, '');
    const source = `require('fs').appendFileSync(${JSON.stringify(count)}, 'x'); console.log('  token-' + process.env.WHO + '\\n')`;
    const [credentials, api] = await stage(script(source), 1.2);
    const values = await Promise.all(Array.from({ length: 20 }, () => credentials.injection(api)));
    assert.deepEqual(new Set(values.map((one) => one?.value)), new Set(['token-me']));
    assert.equal(readFileSync(count, 'utf8'), 'x');
    const state = credentials.state(api);
    assert.ok(state.kind === 'ready' && state.from === 'command' && state.expiresAt !== null && state.refreshable);
    await new Promise((resolve) => setTimeout(resolve, 1400));
    await credentials.injection(api);
    assert.ok(readFileSync(count, 'utf8').length >= 2);
    assert.deepEqual(credentials.values(), ['token-me']);
  });

  it('know the end of a JWT', async () => {
    const exp = Math.floor(Date.now() / 1000) + 900;
    const [credentials, api] = await stage(script(`console.log(${JSON.stringify(jwt({ exp }))})`));
    assert.deepEqual(await credentials.refresh(api), { kind: 'refreshed', expiresAt: exp * 1000 });
  });

  it('run where the configuration stands', async () => {
    const directory = folder();
    writeFileSync(path.join(directory, 'token.js'), 'console.log("relative")');
    const [credentials, api] = await stage([process.execPath, './token.js'], undefined, directory);
    assert.equal((await credentials.injection(api))?.value, 'relative');
  });

  it('are not given to a shell', async () => {
    const [credentials, api] = await stage([...script('console.log(process.argv[1])'), '$(echo_hello);ls']);
    assert.equal((await credentials.injection(api))?.value, '$(echo_hello);ls');
  });

  for (const [what, command, message] of [
    [
      'fail with their last complaint',
      script('console.error("first\\nYou are not logged in"); process.exit(3)'),
      /exit code 3: You are not logged in/,
    ],
    ['fail where they print nothing', script(''), /printed nothing/],
    ['fail where they print more than a token', script('console.log("a\\nb")'), /more than a token/],
    [
      'fail where there is no such program',
      ['tollgate-no-such-program'],
      /no program "tollgate-no-such-program" on the PATH/,
    ],
    [
      'fail where a signal ends them',
      script('process.kill(process.pid, "SIGTERM"); setTimeout(() => {}, 9000)'),
      /ended with SIGTERM/,
    ],
  ] as const)
    it(what, async () => {
      const [credentials, api] = await stage(command);
      const outcome = await credentials.refresh(api);
      assert.equal(outcome.kind, 'failed');
      assert.match('message' in outcome ? outcome.message : '', message);
      assert.equal(credentials.state(api).kind, 'expired');
      await assert.rejects(credentials.injection(api), { code: 'credential_unavailable' });
    });
});

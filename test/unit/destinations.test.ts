import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { openDestinations } from '../../src/gateway/credentials/destinations.ts';
import { apiWith, credentialsFor, memoryHost } from './credentialsStage.ts';

describe('Where a secret may go', () => {
  let folder = '';
  let file = '';
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), 'tollgate-destinations-'));
    file = path.join(folder, 'destinations.json');
  });
  after(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));

  it('is where the configuration led it when it was first seen, and nowhere new', async () => {
    const destinations = await openDestinations(file, false);
    destinations.learn('openai', ['https://api.openai.com']);
    destinations.learn('openai', ['https://evil.example']);
    assert.equal(destinations.held('openai', ['https://api.openai.com']), null);
    assert.equal(destinations.held('openai', ['https://evil.example']), 'https://evil.example');
    assert.equal(destinations.held('openai', ['http://api.openai.com']), 'http://api.openai.com', 'without TLS');
    assert.equal(destinations.held('openai', ['http://127.0.0.1:4000', 'http://localhost:4001']), null);
  });

  it('outlasts the gateway, in a file for its owner alone', async () => {
    for (let waits = 0; waits < 100 && !(await stat(file).catch(() => null)); waits += 1) await wait(20);
    assert.deepEqual(JSON.parse(await readFile(file, 'utf8')), { openai: ['https://api.openai.com'] });
    assert.equal((await stat(file)).mode & 0o77, process.platform === 'win32' ? 0o66 : 0);
    const again = await openDestinations(file, false);
    assert.equal(again.held('openai', ['https://evil.example']), 'https://evil.example');
    assert.equal(
      (await openDestinations(file, true)).held('openai', ['https://api.openai.com']),
      'https://api.openai.com',
    );
  });

  it('widens by consent only', async () => {
    const destinations = await openDestinations(path.join(folder, 'other.json'), false);
    const host = memoryHost({ crm: { type: 'key', value: 'the key' } });
    const before = apiWith({ type: 'key' }, { upstream: 'https://api.crm.example' });
    const credentials = await credentialsFor([before], { host, destinations });
    assert.equal((await credentials.injection(before))?.value, 'the key');
    const moved = apiWith({ type: 'key' }, { upstream: 'https://evil.example' });
    credentials.configure([moved]);
    assert.deepEqual(credentials.state(moved), { kind: 'held', destination: 'https://evil.example' });
    await assert.rejects(credentials.injection(moved), /leads the credential "crm" to https:\/\/evil\.example/);
    credentials.allow(moved);
    assert.equal((await credentials.injection(moved))?.value, 'the key');
    const third = apiWith({ type: 'key' }, { upstream: 'https://third.example' });
    credentials.configure([third]);
    assert.equal(credentials.state(third).kind, 'held');
    credentials.setSecret('crm', { type: 'key', value: 'another' });
    assert.equal((await credentials.injection(third))?.value, 'another', 'whoever sets a secret knows where it goes');
    credentials.dispose();
  });

  it('holds for what gives tokens, too', async () => {
    const destinations = await openDestinations(path.join(folder, 'tokens.json'), false);
    const host = memoryHost({
      crm: { type: 'oauth2', refreshToken: 'r', accessToken: 'a', expiresAt: Date.now() + 1e6 },
    });
    const declared = (tokenUrl: string): Parameters<typeof apiWith>[0] => ({
      type: 'oauth2',
      grant: 'refresh_token',
      tokenUrl,
      clientId: 'c',
      clientAuthentication: 'body',
    });
    const before = apiWith(declared('https://id.crm.example/token'), { upstream: 'https://api.crm.example' });
    const credentials = await credentialsFor([before], { host, destinations });
    assert.equal((await credentials.injection(before))?.value, 'a');
    const moved = apiWith(declared('https://evil.example/token'), { upstream: 'https://api.crm.example' });
    credentials.configure([moved]);
    assert.equal(credentials.state(moved).kind, 'held');
    const outcome = await credentials.refresh(moved);
    assert.equal(outcome.kind, 'failed');
    credentials.dispose();
  });
});

import assert from 'node:assert/strict';
import { memoryHost, oauthStage, rotating, until } from './credentialsStage.ts';

describe('secrets of OAuth credentials', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  const stage = oauthStage(ends);

  it('keeps a rotated refresh token before the new access token is used', async () => {
    const host = memoryHost({ crm: { type: 'oauth2', refreshToken: 'refresh-0' } });
    let release = (): void => undefined;
    const save = host.saveSecret;
    host.saveSecret = async (name, secret) => {
      await new Promise<void>((resolve) => (release = resolve));
      await save(name, secret);
    };
    const { server, api, credentials } = await stage(rotating, {}, { host });
    let injected = false;
    const injection = credentials.injection(api).then((value) => {
      injected = true;
      return value;
    });
    await until(() => server.requests.length === 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(!injected);
    release();
    assert.equal((await injection)?.value, 'access-1');
    assert.equal((host.saved[0] as { refreshToken?: string }).refreshToken, 'refresh-1');
    const second = credentials.refresh(api);
    await until(() => server.requests.length === 2);
    await new Promise((resolve) => setTimeout(resolve, 20));
    release();
    await second;
    assert.equal(server.requests[1]?.form.refresh_token, 'refresh-1');
  });

  it('uses nothing that could not be kept, and keeps it at the next attempt without asking again', async () => {
    const host = memoryHost({ crm: { type: 'oauth2', refreshToken: 'refresh-0' } });
    const save = host.saveSecret;
    let full = true;
    host.saveSecret = (name, secret) => (full ? Promise.reject(new Error('the disk is full')) : save(name, secret));
    const { server, api, credentials } = await stage(rotating, {}, { host });
    const outcome = await credentials.refresh(api);
    assert.ok(outcome.kind === 'failed' && outcome.message.includes('the disk is full'));
    full = false;
    assert.equal((await credentials.refresh(api)).kind, 'refreshed');
    assert.equal((await credentials.injection(api))?.value, 'access-1');
    assert.equal(server.requests.length, 1);
  });

  it('keeps the old refresh token where none is returned', async () => {
    const { server, api, credentials } = await stage((_request, nth) => ({
      body: { access_token: `access-${String(nth)}`, expires_in: '3600' },
    }));
    await credentials.refresh(api);
    await credentials.refresh(api);
    assert.deepEqual(
      server.requests.map(({ form }) => form.refresh_token),
      ['refresh-0', 'refresh-0'],
    );
  });

  it('takes up a stored access token, and one that has ended is renewed at the start', async () => {
    const stored = { type: 'oauth2', refreshToken: 'refresh-0', accessToken: 'kept' } as const;
    const host = memoryHost({ crm: { ...stored, expiresAt: Date.now() + 3_600_000 } });
    const { server, api, credentials } = await stage(rotating, {}, { host });
    assert.equal((await credentials.injection(api))?.value, 'kept');
    assert.equal(server.requests.length, 0);

    const late = await stage(rotating, {}, { host: memoryHost({ crm: { ...stored, expiresAt: Date.now() - 1000 } }) });
    await until(() => late.host.saved.length === 1);
    assert.equal((await late.credentials.injection(late.api))?.value, 'access-1');
  });

  it('takes over what another process has refreshed, instead of spending a used token', async () => {
    const host = memoryHost({ crm: { type: 'oauth2', refreshToken: 'refresh-0' } });
    const { server, api, credentials } = await stage(rotating, {}, { host });
    const theirs = { refreshToken: 'theirs', accessToken: 'their-access', expiresAt: Date.now() + 3_600_000 };
    host.stored.crm = { type: 'oauth2', ...theirs };
    assert.equal((await credentials.injection(api))?.value, 'their-access');
    assert.equal(server.requests.length, 0);
    await credentials.refresh(api);
    assert.equal(server.requests[0]?.form.refresh_token, 'theirs');
  });

  it('tries the environment’s refresh token where the stored one is dead', async () => {
    const { server, api, credentials } = await stage(
      ({ form }) =>
        form.refresh_token === 'fresh'
          ? { body: { access_token: 'access', refresh_token: 'rotated', expires_in: 60 } }
          : { status: 400, body: { error: 'invalid_grant' } },
      { env: 'CRM_TOKEN' },
      { environment: { CRM_TOKEN: 'fresh' } },
    );
    assert.equal((await credentials.injection(api))?.value, 'access');
    assert.deepEqual(
      server.requests.map(({ form }) => form.refresh_token),
      ['refresh-0', 'fresh'],
    );
  });

  it('works from the environment alone, and keeps nothing on disk unless it must', async () => {
    const host = memoryHost();
    const environment = { CRM: '{"refreshToken":"from-env","clientSecret":"hush"}' };
    const { server, api, credentials } = await stage(
      (_request, nth) => ({ body: { access_token: 'a', ...(nth === 2 ? { refresh_token: 'r2' } : {}) } }),
      { env: 'CRM' },
      { host, environment },
    );
    const before = credentials.state(api);
    assert.ok(before.kind === 'ready' && before.from === 'environment');
    await credentials.refresh(api);
    assert.equal(server.requests[0]?.form.client_secret, 'hush');
    assert.deepEqual(host.saved, []);
    await credentials.refresh(api);
    assert.deepEqual(host.saved, [{ type: 'oauth2', refreshToken: 'r2', accessToken: 'a' }]);
  });

  it('forgets, takes a new secret at once, and tells of every change', async () => {
    const { server, api, credentials } = await stage(rotating);
    const kinds: string[] = [];
    credentials.onChanged(() => kinds.push(credentials.state(api).kind));
    await credentials.injection(api);
    credentials.setSecret('crm', null);
    assert.equal(await credentials.injection(api), null);
    credentials.setSecret('crm', { type: 'oauth2', refreshToken: 'another' });
    await until(() => server.requests.length === 2 && credentials.state(api).kind === 'ready');
    assert.deepEqual(kinds, ['refreshing', 'ready', 'missing', 'refreshing', 'refreshing', 'ready']);
  });

  it('lets a secret that is set during a refresh win', async () => {
    const { server, api, host, credentials } = await stage(({ form }) => ({
      delay: form.refresh_token === 'refresh-0' ? 60 : 0,
      body: { access_token: `for-${form.refresh_token ?? ''}`, refresh_token: 'rotated', expires_in: 60 },
    }));
    const injection = credentials.injection(api);
    await until(() => server.requests.length === 1);
    credentials.setSecret('crm', { type: 'oauth2', refreshToken: 'newer' });
    assert.equal((await injection)?.value, 'for-newer');
    assert.deepEqual(
      host.saved.map((secret) => secret.type === 'oauth2' && secret.accessToken),
      ['for-newer'],
    );
  });

  it('lists every secret in hand, those just replaced included', async () => {
    const { api, credentials } = await stage(rotating);
    await credentials.injection(api);
    await credentials.refresh(api);
    for (const value of ['cs', 'refresh-0', 'refresh-1', 'refresh-2', 'access-1', 'access-2'])
      assert.ok(credentials.values().includes(value), value);
  });
});

import assert from 'node:assert/strict';
import type { ChannelError } from '../../src/shared/channel.ts';
import {
  apiWith,
  memoryHost,
  oauthStage,
  rotating,
  startTokenServer,
  until,
  type TokenReply,
} from './credentialsStage.ts';

describe('OAuth credentials', () => {
  const ends: (() => unknown)[] = [];
  afterEach(async () => {
    for (const end of ends.splice(0)) await end();
  });
  const stage = oauthStage(ends);

  it('obtains a token when a call first needs it, and keeps it until it ends', async () => {
    const { server, api, credentials } = await stage(rotating);
    assert.equal(credentials.state(api).kind, 'ready');
    assert.deepEqual(await credentials.injection(api), {
      placement: { in: 'header', name: 'Authorization', scheme: 'Bearer' },
      value: 'access-1',
    });
    assert.equal((await credentials.injection(api))?.value, 'access-1');
    assert.equal(server.requests.length, 1);
    assert.deepEqual(server.requests[0]?.form, {
      grant_type: 'refresh_token',
      refresh_token: 'refresh-0',
      client_id: 'client',
      client_secret: 'cs',
    });
    const state = credentials.state(api);
    assert.ok(state.kind === 'ready' && state.expiresAt !== null && state.refreshable && state.from === 'stored');
    assert.ok(Math.abs(state.expiresAt - Date.now() - 3_600_000) < 60_000);
  });

  it('refreshes once, however many calls and APIs wait', async () => {
    const { server, api, credentials } = await stage((_request, nth) => ({
      delay: 80,
      body: { access_token: `access-${String(nth)}`, refresh_token: `refresh-${String(nth)}`, expires_in: 3600 },
    }));
    const declaration = api.credential?.declaration ?? null;
    const other = apiWith(declaration, { name: 'other', placement: { in: 'query', name: 'token' } });
    credentials.configure([api, other]);
    const calls = Array.from({ length: 100 }, (_, index) => credentials.injection(index % 2 === 0 ? api : other));
    const [outcome, again] = await Promise.all([credentials.refresh(api), credentials.refresh(other)]);
    assert.ok(outcome.kind === 'refreshed' && again.kind === 'refreshed');
    assert.deepEqual(new Set((await Promise.all(calls)).map((injection) => injection?.value)), new Set(['access-1']));
    assert.equal(server.requests.length, 1);
  });

  it('asks to sign in again where the grant is invalid, and does not try again until the secret changes', async () => {
    let dead = true;
    const { server, api, credentials } = await stage((_request, nth) =>
      dead
        ? { status: 400, body: { error: 'invalid_grant', error_description: 'Token has been\r\nrevoked: refresh-0' } }
        : { body: { access_token: `access-${String(nth)}`, expires_in: 3600 } },
    );
    const outcome = await credentials.refresh(api);
    assert.ok(outcome.kind === 'signInAgain');
    assert.match(outcome.message, /invalid_grant: Token has been revoked: …\. Sign in again/);
    assert.equal((await credentials.refresh(api)).kind, 'signInAgain');
    await assert.rejects(
      credentials.injection(api),
      (error: ChannelError) => error.code === 'credential_unavailable' && error.message.includes('Sign in again'),
    );
    assert.equal(credentials.state(api).kind, 'dead');
    assert.equal(server.requests.length, 1);
    dead = false;
    credentials.setSecret('crm', { type: 'oauth2', refreshToken: 'refresh-new' });
    assert.equal((await credentials.injection(api))?.value, 'access-2');
    assert.equal(server.requests[1]?.form.refresh_token, 'refresh-new');
  });

  for (const [what, reply] of [
    ['GitHub’s 200 with an error', { body: { error: 'bad_refresh_token' } }],
    ['an error object', { status: 401, body: { error: { code: 'refresh_token_reused', message: 'Used before' } } }],
  ] satisfies [string, TokenReply][])
    it(`knows a spent refresh token by ${what}`, async () => {
      const { api, credentials } = await stage(() => reply);
      assert.equal((await credentials.refresh(api)).kind, 'signInAgain');
    });

  it('keeps a good token through failures of the endpoint', async () => {
    let working = true;
    const { server, api, credentials } = await stage((_request, nth) =>
      working ? { body: { access_token: `access-${String(nth)}`, expires_in: 3600 } } : { status: 503, body: 'down' },
    );
    await credentials.injection(api);
    working = false;
    const outcome = await credentials.refresh(api);
    assert.ok(outcome.kind === 'failed');
    assert.match(outcome.message, /answered 503: it is out of order/);
    assert.equal(credentials.state(api).kind, 'ready');
    assert.equal((await credentials.injection(api))?.value, 'access-1');
    await server.close();
    const unreachable = await credentials.refresh(api);
    assert.ok(unreachable.kind === 'failed' && unreachable.message.includes('cannot be reached: '));
    assert.equal((await credentials.injection(api))?.value, 'access-1');
  });

  it('does not storm a failing endpoint with every call', async () => {
    const { server, api, credentials } = await stage(() => ({ status: 500, body: '' }));
    for (let call = 0; call < 20; call++)
      await assert.rejects(credentials.injection(api), { code: 'credential_unavailable' });
    assert.equal(server.requests.length, 1);
    const state = credentials.state(api);
    assert.ok(state.kind === 'expired' && state.refreshable && state.reason?.includes('500') === true);
  });

  it('refreshes ahead of time, unasked', async () => {
    const { server, api, credentials } = await stage((_request, nth) => ({
      body: { access_token: `access-${String(nth)}`, expires_in: nth === 1 ? 2 : 600 },
    }));
    await credentials.injection(api);
    // Values are what is in hand; to ask for an injection would itself refresh.
    await until(() => credentials.values().includes('access-2'));
    assert.equal(server.requests.length, 2);
    assert.equal((await credentials.injection(api))?.value, 'access-2');
  });

  it('sends client credentials by Basic, form-encoded first', async () => {
    const { server, api, credentials } = await stage(
      () => ({ body: { access_token: 'machine', expires_in: 60 } }),
      { grant: 'client_credentials', clientId: 'a b:c', clientAuthentication: 'basic', scope: 'read', audience: 'api' },
      { host: memoryHost({ crm: { type: 'oauth2', clientSecret: 'p/w+d' } }) },
    );
    assert.equal((await credentials.injection(api))?.value, 'machine');
    const [request] = server.requests;
    assert.deepEqual(request?.form, { grant_type: 'client_credentials', scope: 'read', audience: 'api' });
    const sent = Buffer.from(request.headers.authorization?.split(' ')[1] ?? '', 'base64').toString();
    assert.equal(sent, 'a+b%3Ac:p%2Fw%2Bd');
  });

  it('says what to check where the client is refused, without a secret', async () => {
    const { api, credentials } = await stage(() => ({
      status: 401,
      body: { error: 'invalid_client', error_description: 'cs is wrong for client, and refresh-0 too' },
    }));
    const outcome = await credentials.refresh(api);
    assert.ok(outcome.kind === 'failed');
    assert.match(outcome.message, /invalid_client: .* Check "clientId"/);
    assert.ok(!outcome.message.includes('refresh-0'));
  });

  it('follows no redirect with a secret, and wants an access token', async () => {
    const elsewhere = await startTokenServer(() => ({ body: { access_token: 'stolen' } }));
    ends.push(() => elsewhere.close());
    const { api, credentials } = await stage((_request, nth) =>
      nth === 1 ? { status: 307, headers: { location: elsewhere.url }, body: '' } : { body: { token: 'odd' } },
    );
    const redirected = await credentials.refresh(api);
    assert.ok(redirected.kind === 'failed' && redirected.message.includes('redirects'));
    assert.equal(elsewhere.requests.length, 0);
    const odd = await credentials.refresh(api);
    assert.ok(odd.kind === 'failed' && odd.message.includes('without an access_token'));
  });

  it('has nothing to inject and says what to set where no secret is in hand', async () => {
    const { api, credentials } = await stage(rotating, { env: 'CRM' }, { host: memoryHost() });
    assert.deepEqual(credentials.state(api), { kind: 'missing' });
    assert.equal(await credentials.injection(api), null);
    const outcome = await credentials.refresh(api);
    assert.ok(outcome.kind === 'notRefreshable' && outcome.message.includes('environment variable CRM'));
  });
});

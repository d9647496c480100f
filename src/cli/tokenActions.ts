import { text as textOf } from 'node:stream/consumers';
import type { AccountReport } from '../shared/account.ts';
import type { CredentialLook } from '../shared/credentialLook.ts';
import type { ApiStatus, GatewayApi } from '../shared/protocol.ts';
import { plain } from '../shared/text.ts';
import { keyActions, needed, told, type AccessActions, type Told } from './accessActions.ts';
import { CommandFailure } from './usageError.ts';

/** Tokens and keys of Tollgate's applications and of providers alike, by one set of words. */
export const tokenActions: AccessActions = {
  list: async (gateway) => {
    const [apis, { keys, applications }] = await Promise.all([gateway.apis(), gateway.access()]);
    const credentials = apis.filter(({ credential }) => credential.kind !== 'none').map(shown);
    return told({ applications: applications.map(({ name }) => name), keys, credentials }, [
      ...credentials.map(({ api, type, state, end }) => `${api}  ${type}  ${state}${ending(end)}`),
      ...keys.map(
        ({ id, application, state, expiresAt }) => `${id}  key of ${application}  ${state}${ending(expiresAt)}`,
      ),
    ]);
  },
  generate: async (gateway, operands, options) => {
    const name = needed(operands[0], 'an application, or an API whose token can be refreshed');
    const { applications } = await gateway.access();
    if (applications.some((one) => one.name === name)) return issue(gateway, operands, options);
    const api = await apiNamed(gateway, name);
    if (api === undefined)
      throw new CommandFailure(`"${name}" is neither an application nor an API of the configuration.`);
    return refreshed(gateway, api);
  },
  refresh: async (gateway, [wanted]) => {
    const name = needed(wanted, 'the API whose token is to be refreshed');
    const api = await apiNamed(gateway, name);
    if (api === undefined) throw new CommandFailure(`There is no API "${name}" in the configuration.`);
    return refreshed(gateway, api);
  },
  validate: async (gateway, [wanted, ...more], options) => {
    const given = needed(wanted, 'a key, a token, - for standard input, or an API');
    const api = await apiNamed(gateway, given);
    if (api !== undefined) return checked(gateway, api);
    const presented = given === '-' ? (await textOf(process.stdin)).trim() : given;
    return validate(gateway, [presented, ...more], options);
  },
};

const { token: issue, validate } = keyActions as Required<Pick<typeof keyActions, 'token' | 'validate'>>;

async function apiNamed(gateway: GatewayApi, name: string): Promise<ApiStatus | undefined> {
  return (await gateway.apis()).find((one) => one.name === name);
}

async function refreshed(gateway: GatewayApi, { name, title }: ApiStatus): Promise<Told> {
  const outcome = await gateway.refreshCredential(name);
  const valid = outcome.kind === 'refreshed';
  const json = { api: name, valid, ...outcome };
  switch (outcome.kind) {
    case 'refreshed':
      return told(json, [`${title} has a fresh token${ending(outcome.expiresAt)}. Calls carry it from now on.`]);
    case 'signInAgain':
      return told(json, [`${title}: sign in again. ${outcome.message}`]);
    case 'notRefreshable':
    case 'failed':
      return told(json, [`${title}: ${outcome.message}`]);
  }
}

/** The stored credential of an API: what it tells about itself, and what its provider says of it. */
async function checked(gateway: GatewayApi, api: ApiStatus): Promise<Told> {
  const { credential, name, title } = api;
  if (credential.kind === 'none' || credential.kind === 'missing') {
    const message = `${title} has no credential${credential.kind === 'none' ? '' : ' in hand'}.`;
    return told({ api: name, valid: false, credential, look: null, account: null, message }, [message]);
  }
  const look = await gateway.credentialLook(name);
  const report = await gateway.verifyAccount(name);
  const end = look?.expiresAt ?? shown(api).end;
  const over = end !== null && end <= Date.now();
  const refused = report.why === 'unauthorized';
  const valid = !over && !refused && credential.kind === 'ready';
  const message = plain(report.sentence);
  return told({ api: name, valid, credential, look, account: accountOf(report), message }, [
    `${title}: ${shown(api).type}, ${shown(api).state}${ending(end)}`,
    ...(look === null ? [] : lookLines(look)),
    `  ${message}`,
  ]);
}

function accountOf({ state, why, figures, checks }: AccountReport): object {
  return { state, why, figures, checks: checks.map(({ id, host, status }) => ({ id, host, status })) };
}

function lookLines({ kind, providers, issuer, scopes, audience }: CredentialLook): readonly string[] {
  return [
    ...(providers.length === 0 ? [] : [`  looks like a key of ${providers.join(' or ')}`]),
    ...(kind === 'jwt' && issuer !== null ? [`  a JWT of ${issuer}`] : []),
    ...(audience.length === 0 ? [] : [`  for ${audience.join(', ')}`]),
    ...(scopes === null || scopes.length === 0 ? [] : [`  good for ${scopes.join(' ')}`]),
  ];
}

function shown({ name, credential, credentialType }: ApiStatus): {
  readonly api: string;
  readonly type: string;
  readonly state: string;
  readonly end: number | null;
} {
  const end =
    credential.kind === 'ready' ? credential.expiresAt : credential.kind === 'expired' ? credential.expiredAt : null;
  return { api: name, type: credentialType ?? 'none', state: credential.kind, end };
}

function ending(end: number | null): string {
  if (end === null) return '';
  return `, ${end <= Date.now() ? 'ended' : 'ends'} ${new Date(end).toISOString()}`;
}

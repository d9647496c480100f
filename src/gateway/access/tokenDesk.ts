import {
  tokenRequestSchema,
  validationRequestSchema,
  type AccessApi,
  type Validation,
} from '../../shared/accessApi.ts';
import { ChannelError } from '../../shared/channel.ts';
import { plain, text } from '../../shared/text.ts';
import type { Limits } from '../budget/limits.ts';
import { providers } from '../../providers/index.ts';
import { credentialLook } from '../credentials/credentialLook.ts';
import { parsed, user } from './desk.ts';
import { entitlement, identifyKey, isRefusal, outOfScope, withoutKey, type Identity, type World } from './examine.ts';
import type { Tokens } from './joseTokens.ts';
import type { Keeper } from './keeper.ts';
import { presentedIn } from './presented.ts';
import { refuseCall, refuseOverLimit, type AccessRefusal } from './refusal.ts';
import type { AccessTerms, TokenIssuer } from './terms.ts';

const usualLifetime = 3_600_000;

export interface TokenDeskParts {
  readonly keeper: Keeper;
  readonly limits: Limits;
  readonly terms: () => AccessTerms;
  readonly tokens: () => Promise<Tokens>;
  /** Whether it is the key that programs of this machine get. */
  readonly isProgramKey: (value: string) => boolean;
}

/** Tokens of our own and of others, and what keys and tokens are good for. */
export interface TokenDesk extends Pick<AccessApi, 'issueToken' | 'validateAccess'> {
  readonly verify: (value: string, api: string) => Promise<Identity | AccessRefusal>;
  readonly isOwn: (value: string) => boolean;
}

export function createTokenDesk({ keeper, limits, terms, tokens, isProgramKey }: TokenDeskParts): TokenDesk {
  const verify = async (value: string, api: string): Promise<Identity | AccessRefusal> => {
    const found = await (await tokens()).verify(value, terms().apis.get(api)?.issuers ?? allIssuers(terms(), api));
    const nobody = { api, application: null };
    if ('why' in found) {
      const again = text('Get a new token with "Tollgate: Generate Token", or "tollgate key token".');
      if (found.why === 'expired')
        return refuseCall('key_expired', nobody, text('The access token that was sent has expired.'), again);
      const retry = found.why === 'unreachable' ? ({ retry: true } as const) : {};
      return refuseCall(
        'token_invalid',
        nobody,
        text('The access token that was sent is not accepted. {0}', found.reason),
        again,
        retry,
      );
    }
    const application = terms().applications.get(found.application);
    if (application === undefined)
      return refuseCall(
        'token_invalid',
        { api, application: found.application },
        text('The access token that was sent speaks for "{0}", which is not declared.', found.application),
        text('Declare it under "applications" in tollgate.jsonc.'),
      );
    return { application, key: null, apis: found.apis, methods: found.methods, expiresAt: found.expiresAt };
  };

  return {
    verify,
    isOwn: (value) => issuerIn(value).startsWith('urn:tollgate:'),
    issueToken: async (input) => {
      const {
        application,
        apis = null,
        methods = null,
        lifetimeMs = usualLifetime,
        by = user(),
      } = parsed(tokenRequestSchema, input);
      const declared = terms().applications.get(application);
      if (declared === undefined)
        throw new ChannelError(
          'unknown_application',
          plain(text('There is no application "{0}" in tollgate.jsonc.', application)),
        );
      const issued = await (await tokens()).issue({ application, team: declared.team, apis, methods, lifetimeMs });
      const detail = new Date(issued.expiresAt).toISOString();
      await keeper.change(() => ({
        change: {
          audit: [
            {
              at: Date.now(),
              by,
              action: 'token.issued',
              subject: application,
              team: declared.team,
              application,
              api: null,
              detail,
            },
          ],
        },
        result: null,
      }));
      return { ...issued, application };
    },
    validateAccess: async (input) => {
      const { presented, api, method } = parsed(validationRequestSchema, input);
      const value = presented.trim().replace(/^bearer +/i, '');
      const world: World = { terms: terms(), snapshot: keeper.snapshot, now: Date.now() };
      if (isProgramKey(value))
        return {
          ...nothing,
          valid: true,
          kind: 'programKey',
          message: plain(
            text(
              'This is the key of this machine’s programs (TOLLGATE_KEY). It opens every API that is open, and names no application.',
            ),
          ),
        };
      const shown = presentedIn([['Authorization', `Bearer ${value}`]], '/');
      const about = api ?? '';
      const found =
        shown?.kind === 'key'
          ? identifyKey(value, about, world)
          : shown?.kind === 'token'
            ? await verify(value, about)
            : withoutKey(about, shown);
      const kind = shown?.kind === 'key' ? 'key' : shown?.kind === 'token' ? 'token' : 'unknown';
      if (isRefusal(found)) return { ...refused(found), kind, ...lookOf(value, kind) };
      const who = {
        kind,
        application: found.application.name,
        team: found.application.team,
        keyId: found.key,
        expiresAt: found.expiresAt,
      } as const;
      const against = api === undefined ? null : refusalOf(found, api, method ?? 'POST', world);
      if (against !== null) return { ...refused(against), ...who };
      const message =
        api === undefined
          ? text('It is valid and speaks for {0}.', found.application.title)
          : text('It is valid, speaks for {0}, and opens {1}.', found.application.title, api);
      return { ...nothing, ...who, valid: true, message: plain(message) };
    },
  };

  function refusalOf(identity: Identity, api: string, method: string, world: World): AccessRefusal | null {
    const scope = outOfScope(identity, api, method, world.terms);
    if (scope !== null) return scope;
    const { name: application, team } = identity.application;
    let term = '';
    if (world.terms.apis.has(api)) {
      const rests = entitlement(identity.application, api, world);
      if (isRefusal(rests)) return rests;
      term = String(rests.subscription.quotaSince);
    }
    const reserved = limits.reserve({ team, application, key: identity.key ?? '', api, model: '', term });
    if (reserved.kind === 'exhausted')
      return refuseOverLimit({ api, application, key: identity.key }, reserved.limit, reserved.status, world.now);
    reserved.reservation.settle(null);
    return null;
  }
}

/** What is not ours may still tell whose it is, and when it ends. */
function lookOf(value: string, kind: Validation['kind']): Partial<Pick<Validation, 'message' | 'hint' | 'expiresAt'>> {
  const { providers: makers, expiresAt } = credentialLook(value);
  const title = providers.find(({ id }) => id === makers[0])?.title;
  if (kind !== 'unknown' || title === undefined) return { expiresAt };
  return {
    message: plain(text('This is no key of Tollgate. It looks like one of {0}.', title)),
    hint: plain(text('Keep it as the credential of an API, and validate that: the provider is asked then.')),
    expiresAt,
  };
}

const nothing: Validation = {
  valid: false,
  kind: 'unknown',
  code: null,
  message: '',
  hint: null,
  application: null,
  team: null,
  keyId: null,
  expiresAt: null,
};

function refused({ failure, detail }: AccessRefusal): Validation {
  const { application = null, key = null } = detail.members ?? {};
  return {
    ...nothing,
    code: failure.code,
    message: failure.message,
    hint: failure.hint,
    application: typeof application === 'string' ? application : null,
    keyId: typeof key === 'string' ? key : null,
  };
}

/** Where no API is asked about, a token of any issuer that some API accepts will do. */
function allIssuers(terms: AccessTerms, api: string): readonly TokenIssuer[] {
  return api === '' ? [...terms.apis.values()].flatMap(({ issuers }) => issuers) : [];
}

function issuerIn(token: string): string {
  try {
    const payload = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      iss?: unknown;
    };
    return typeof payload.iss === 'string' ? payload.iss : '';
  } catch {
    return '';
  }
}

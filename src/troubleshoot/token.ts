import type { CredentialLook } from '../shared/credentialLook.ts';
import { headerValue, type Exchange } from '../shared/exchange.ts';
import { wasRedacted } from '../shared/redacted.ts';
import type { CredentialState } from '../shared/secret.ts';
import { text, type Text } from '../shared/text.ts';
import type { Step, StepAction, StepFact } from '../shared/troubleshooting.ts';
import { accountWasKnown, stepOf, type Known } from './known.ts';
import { strangerKey, type Stranger } from './strangerKey.ts';
import { call, fact, moment, page, span, step } from './step.ts';

/** Step 3: whether the credential that the call carried is there, of the right kind, still good, and accepted. */
export function tokenStep(known: Known): Step {
  const { exchange, api, account, title } = known;
  const carried = exchange.credentialInjected ? known.stored : (exchange.ownCredential ?? null);
  const end = endOf(known, carried);
  const live = liveCheck(known);
  const asked = exchange.credentialInjected || isStored(known);
  const scope = wantedScope(exchange);
  const more = { facts: facts(known, carried, end, live), actions: actions(known) };
  const outcome = (state: Step['state'], ...sentences: readonly (Text | null)[]): Step =>
    step('token', state, [...sentences, ownOne(known)], more);

  if (exchange.failure?.code === 'credential_unavailable')
    return outcome('problem', text('There was no credential to send: {0}', exchange.failure.message));
  if (api?.credential.kind === 'dead' && exchange.credentialInjected)
    return outcome('problem', text('The credential is dead, so only you can renew it: {0}', api.credential.reason));
  const stranger = strangerKey(known, carried);
  if (stranger !== null) return outcome('problem', wrongDoor(stranger, title));
  if (end !== null && end <= exchange.startedAt)
    return outcome('problem', text('The token had ended when the call was made, at {0}.', moment(end)));
  if (carried?.notBefore != null && carried.notBefore > exchange.startedAt)
    return outcome('problem', text('The token is good from {0} on only.', moment(carried.notBefore)));
  if (scope !== null) return outcome('problem', text('The token lacks a scope that the call needs: {0}.', scope));
  const blamed = exchange.diagnosis !== null && stepOf[exchange.diagnosis.cause] === 'token' && !exchange.simulated;
  if (blamed && carried === null && !exchange.credentialInjected && mayMissHeader(exchange))
    return outcome('problem', text('The call carried no credential in its headers.'));
  if (live === 'rejected' && asked)
    return outcome('problem', text('{0} does not accept the credential now either.', title));
  if (blamed && live === 'accepted' && asked)
    return outcome('needsYou', text('{0} accepts the credential now. A replay tells whether it is over.', title));
  if (exchange.diagnosis?.cause === 'configuration_error' && blamed) return outcome('problem', misplaced);
  if (blamed) return outcome('problem', text('{0} refused the credential, or the way in which it was sent.', title));
  const ended = end !== null && end <= known.now ? text('It has ended since, at {0}.', moment(end)) : null;
  if (live === 'accepted' && asked)
    return outcome(
      ended === null ? 'ok' : 'needsYou',
      text('{0} accepts the credential: it was asked just now.', title),
      ended,
    );
  if (accountWasKnown(exchange) && exchange.response !== null && !exchange.simulated)
    return outcome('ok', text('{0} knew whose call it was, so it accepted the credential.', title), ended);
  return outcome(
    'unknown',
    account?.state === 'unknown' ? account.sentence : text('Nobody could be asked about the credential.'),
    ended,
  );
}

const misplaced = text(
  'By the refusal the address, a header or another setting of the call is wrong, not the account.',
);

type Live = 'accepted' | 'rejected' | null;

/** What the account's endpoints made of the stored credential. That a key may not see the balance proves it a key. */
function liveCheck({ account }: Known): Live {
  if (account === null) return null;
  const { checks } = account;
  if (checks.some(({ status }) => status !== null && status < 300)) return 'accepted';
  if (checks.some(({ reading: { why }, status }) => why === 'unauthorized' && status === 401)) return 'rejected';
  return null;
}

function endOf({ api, exchange }: Known, carried: CredentialLook | null): number | null {
  if (carried !== null && carried.expiresAt !== null) return carried.expiresAt;
  if (!exchange.credentialInjected || api === null) return null;
  const { credential } = api;
  if (credential.kind === 'ready') return credential.expiresAt;
  return credential.kind === 'expired' ? credential.expiredAt : null;
}

/** RFC 6750, 3.1: `insufficient_scope`, with the scope that is needed. */
function wantedScope({ response }: Exchange): string | null {
  const challenge = headerValue(response?.headers ?? [], 'www-authenticate') ?? '';
  if (!/error\s*=\s*"?insufficient_scope/i.test(challenge)) return null;
  return /\bscope\s*=\s*"([^"]*)"/i.exec(challenge)?.[1] ?? '?';
}

function wrongDoor({ providers, host }: Stranger, title: string): Text {
  return text('The credential looks like one of {0}, but the call went to {1} ({2}).', providers, title, host);
}

/** A key may also travel in the query, where it is redacted. */
function mayMissHeader({ request }: Exchange): boolean {
  return !wasRedacted(request.path);
}

/** Whether the program itself sent the credential that Tollgate keeps, with which the provider was asked. */
function isStored({ exchange: { ownCredential }, stored }: Known): boolean {
  const fingerprint = ownCredential?.fingerprint ?? null;
  return fingerprint !== null && fingerprint === stored?.fingerprint;
}

/** Which of two credentials it was. */
function ownOne(known: Known): Text | null {
  const { exchange, api } = known;
  if (exchange.credentialInjected || api === null || exchange.simulated || isStored(known)) return null;
  if (api.credentialName === null || (exchange.ownCredential ?? null) === null) return null;
  return api.credential.kind === 'ready'
    ? text('The program sent a credential of its own; the one that Tollgate keeps was not used.')
    : text('The program sent a credential of its own.');
}

function facts(
  known: Known,
  carried: CredentialLook | null,
  end: number | null,
  live: Live,
): readonly (StepFact | null)[] {
  const { exchange, api, title } = known;
  return [
    fact(
      text('Credential'),
      isStored(known)
        ? text('The program’s own, the same that Tollgate keeps')
        : whose(exchange, api?.credential ?? null),
    ),
    fact(text('Stored under'), api?.credentialName),
    fact(text('Looks like a key of'), carried?.providers.join(', ')),
    fact(text('Ends'), end === null ? null : endText(end, exchange)),
    fact(text('Scope'), carried?.scopes?.join(' ')),
    fact(text('Audience'), carried?.audience.join(', ')),
    fact(text('Issued by'), carried?.issuer),
    live === null
      ? null
      : fact(
          text('Asked just now'),
          live === 'accepted' ? text('{0} accepted it', title) : text('{0} rejected it', title),
        ),
  ];
}

function endText(end: number, { startedAt }: Exchange): Text {
  return end > startedAt
    ? text('{0}, {1} after the call', moment(end), span(end - startedAt))
    : text('{0}, {1} before the call', moment(end), span(startedAt - end));
}

function whose({ credentialInjected, ownCredential }: Exchange, state: CredentialState | null): Text {
  if (!credentialInjected)
    return (ownCredential ?? null) === null ? text('None in the headers') : text('The program’s own');
  if (state?.kind !== 'ready') return text('Put in by Tollgate');
  switch (state.from) {
    case 'stored':
      return text('Put in by Tollgate, from secret storage');
    case 'environment':
      return text('Put in by Tollgate, from the environment');
    case 'command':
      return text('Put in by Tollgate, from a command');
  }
}

function actions({ api, provider, title, exchange }: Known): readonly (StepAction | null)[] {
  const state = api?.credential ?? null;
  const refreshable = (state?.kind === 'ready' || state?.kind === 'expired') && state.refreshable;
  const settable = api?.credentialType === 'key' || api?.credentialType === 'oauth2';
  const misplaced = exchange.diagnosis?.cause === 'configuration_error';
  return [
    refreshable ? call('token', text('Refresh the token'), 'refreshToken') : null,
    settable ? call('token', text('Set Credential…'), 'setCredential') : null,
    misplaced && api !== null ? call('token', text('Open the declaration'), 'openCatalogue') : null,
    page('token', 'keys', text('Open the keys of {0}', title), provider?.pages.keys),
  ];
}

import type { CredentialState } from '../shared/secret.ts';
import type { Fix } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';

/** Refreshes the token and replays, where the credential can be refreshed and may be the cause. */
export const refreshToken: Fix = ({ finding, credential }) => {
  const { cause, alternatives } = finding.diagnosis;
  const concerned = cause === 'token_expired_or_invalid' || alternatives.includes('token_expired_or_invalid');
  if (!concerned || credential === null || !refreshable(credential)) return [];
  return [{ kind: 'call', id: 'refreshToken', title: text('Refresh the token and replay'), call: 'refreshAndReplay' }];
};

/** Asks for another key, where the one sent was not accepted or belongs to the wrong account. */
export const setCredential: Fix = ({ finding, credential }) => {
  const { cause } = finding.diagnosis;
  const concerned = cause === 'token_expired_or_invalid' || cause === 'configuration_error';
  if (!concerned || credential === null || finding.api === null) return [];
  const title =
    credential.kind === 'dead'
      ? text('Sign in again')
      : credential.kind === 'ready'
        ? text('Set another key')
        : text('Set the key');
  return [{ kind: 'call', id: 'setCredential', title, call: 'setCredential' }];
};

function refreshable(credential: CredentialState): boolean {
  return (credential.kind === 'ready' || credential.kind === 'expired') && credential.refreshable;
}

import type { CredentialState } from '../../shared/secret.ts';
import type { Renewable } from './renewable.ts';
import { isUsable } from './token.ts';

/** How a credential with a renewable token is shown. Before its first token it counts as ready: it will be asked for. */
export function tokenState(
  { state, token }: Pick<Renewable, 'state' | 'token'>,
  from: Extract<CredentialState, { kind: 'ready' }>['from'],
): CredentialState {
  if (state.kind === 'renewing') return { kind: 'refreshing' };
  if (state.kind === 'dead') return { kind: 'dead', reason: state.message };
  if (token !== null && isUsable(token, Date.now()))
    return { kind: 'ready', expiresAt: token.expiresAt, refreshable: true, from };
  if (state.kind === 'failing')
    return { kind: 'expired', expiredAt: token?.expiresAt ?? state.at, refreshable: true, reason: state.message };
  if (token === null) return { kind: 'ready', expiresAt: null, refreshable: true, from };
  return { kind: 'expired', expiredAt: token.expiresAt ?? 0, refreshable: true };
}

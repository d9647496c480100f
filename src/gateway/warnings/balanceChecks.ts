import type { AccountReport } from '../../shared/account.ts';
import { verifyAccount, type AccountParts } from '../account/verifyAccount.ts';
import type { ApiBoard } from '../apiBoard.ts';
import type { Recording, ResolvedApi } from '../parts.ts';

export interface BalanceChecksOptions {
  /** Minutes between two checks; 0 for none. */
  readonly minutes: () => number;
  readonly apis: () => ReadonlyMap<string, ResolvedApi>;
  readonly account: Omit<AccountParts, 'environment'>;
  readonly board: Pick<ApiBoard, 'list'>;
  readonly recording: Pick<Recording, 'noteAccount'>;
  /** Milliseconds between two looks at whose turn it is; 15 seconds by default. */
  readonly period?: number;
}

/**
 * Asks again about accounts that somebody has verified since the gateway started, while they are in use. Never about
 * others: a check shows a credential to the vendor, which is for a person to decide.
 */
export interface BalanceChecks {
  verified(report: AccountReport): void;
  dispose(): void;
}

export function createBalanceChecks(options: BalanceChecksOptions): BalanceChecks {
  const { minutes, apis, account, board, recording, period = 15_000 } = options;
  const askedAt = new Map<string, number>();
  const look = (): void => {
    const between = minutes() * 60_000;
    if (between <= 0 || askedAt.size === 0) return;
    for (const { name, lastAt } of board.list()) {
      const at = askedAt.get(name);
      const api = apis().get(name);
      // Nothing changes where nothing is called.
      if (at === undefined || api === undefined || Date.now() - at < between || (lastAt ?? 0) < at) continue;
      askedAt.set(name, Date.now());
      // Without the environment, where management keys would be found: those are for a person to use.
      void verifyAccount(api, null, { ...account, environment: {} }).then(recording.noteAccount, () => undefined);
    }
  };
  const timer = setInterval(look, period).unref();
  return {
    verified: ({ api, state, at }) => {
      if (state === 'unknown') askedAt.delete(api);
      else askedAt.set(api, at);
    },
    dispose: () => clearInterval(timer),
  };
}

import type { Charge, Spender } from '../budget/limit.ts';
import type { AccessWorkerApi } from './accessProtocol.ts';
import type { UsageRow } from './rows.ts';

/** Milliseconds that charges are gathered for before they are kept. */
const delay = 20;
/** Milliseconds until it is tried again where they could not be. */
const retryDelay = 1000;

/** Sees to it that what was charged gets to the disk. Nobody waits for it but who asks. */
export interface Ledger {
  charge(spender: Spender, charge: Charge): void;
  used(key: string): void;
  /** When a key was used last, kept or not yet. */
  lastUsed(key: string): number | null;
  /** Resolves once all that was charged so far is kept. Fails where it cannot be. */
  flush(): Promise<void>;
  /** All that was charged since `restart`, kept or not. */
  since(): readonly UsageRow[];
  /** What was charged before is known from the disk. */
  restart(): void;
}

/** `onFailure` hears what is wrong with the disk, and null when it is well again. */
export function createLedger(
  settle: AccessWorkerApi['settle'],
  onFailure: (reason: string | null) => void,
  now: () => number = Date.now,
): Ledger {
  let pending = new Map<string, UsageRow>();
  let keys: Record<string, number> = {};
  const lastUsed = new Map<string, number>();
  const recent = new Map<string, UsageRow>();
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();

  const put = (rows: Map<string, UsageRow>, row: UsageRow): void => {
    const id = `${row.minute}\n${row.application}\n${row.key}\n${row.api}\n${row.model}\n${row.term}`;
    const known = rows.get(id);
    rows.set(
      id,
      known === undefined
        ? row
        : { ...known, calls: known.calls + row.calls, tokens: known.tokens + row.tokens, usd: known.usd + row.usd },
    );
  };
  const send = async (): Promise<void> => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (pending.size === 0 && Object.keys(keys).length === 0) return;
    const [rows, used] = [[...pending.values()], keys];
    pending = new Map();
    keys = {};
    try {
      await settle(rows, used);
      onFailure(null);
    } catch (error) {
      // Kept in memory, where it counts as well, until the disk takes it.
      for (const row of rows) put(pending, row);
      keys = { ...used, ...keys };
      soon(retryDelay);
      onFailure(error instanceof Error ? error.message : String(error));
      throw error;
    }
  };
  const sendNext = (): Promise<void> => {
    const next = running.then(send, send);
    running = next.catch(() => undefined);
    return next;
  };
  const soon = (after: number): void => {
    timer ??= setTimeout(() => void sendNext().catch(() => undefined), after);
  };

  return {
    charge: ({ application, key, api, model, term }, charge) => {
      const row = { minute: Math.floor(now() / 60_000), application, key, api, model, term, ...charge };
      put(pending, row);
      put(recent, row);
      soon(delay);
    },
    used: (key) => {
      keys[key] = now();
      lastUsed.set(key, now());
      soon(delay);
    },
    lastUsed: (key) => lastUsed.get(key) ?? null,
    flush: sendNext,
    since: () => [...recent.values()],
    restart: () => recent.clear(),
  };
}

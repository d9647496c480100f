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
  /** All that was charged since the disk was last read, kept or not. */
  since(): readonly UsageRow[];
  /**
   * Reads the disk while nothing is on its way there, and hands over what was read in the turn in which `since` begins
   * anew: with what the disk did not take, and what was charged meanwhile.
   */
  whileStill<Result>(read: () => Promise<Result>, taken: (result: Result) => void): Promise<void>;
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
  let recent = new Map<string, UsageRow>();
  /** What is charged while the disk is read. */
  let meanwhile: Map<string, UsageRow> | null = null;
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
  const next = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = running.then(work);
    running = result.then(
      () => undefined,
      () => undefined,
    );
    return result;
  };
  const sendNext = (): Promise<void> => next(send);
  const soon = (after: number): void => {
    timer ??= setTimeout(() => void sendNext().catch(() => undefined), after);
  };

  return {
    charge: ({ application, key, api, model, term }, charge) => {
      const row = { minute: Math.floor(now() / 60_000), application, key, api, model, term, ...charge };
      put(pending, row);
      put(recent, row);
      if (meanwhile !== null) put(meanwhile, row);
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
    whileStill: (read, taken) =>
      next(async () => {
        await send().catch(() => undefined);
        const since = new Map(pending);
        meanwhile = new Map();
        try {
          const result = await read();
          for (const row of meanwhile.values()) put(since, row);
          recent = since;
          taken(result);
        } finally {
          meanwhile = null;
        }
      }),
  };
}

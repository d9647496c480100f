import { ChannelError } from '../../shared/channel.ts';
import type { PastUse } from '../budget/limits.ts';
import type { AccessWorkerApi } from './accessProtocol.ts';
import { startAccessThread, type AccessThread } from './accessThread.ts';
import { createLedger, type Ledger } from './ledger.ts';
import type { AccessChange, UsageRow } from './rows.ts';
import { createSnapshot, emptyState, withRows, type AccessSnapshot } from './snapshot.ts';

/** How often a change is decided anew because another process came first. */
const mostTries = 20;

/** What a decision comes to: rows to keep, and what is answered once they are. */
export interface Decided<Result> {
  readonly change: AccessChange;
  readonly result: Result;
}

/** Holds the state in memory and keeps it on disk, through a thread that runs once there is something to keep. */
export interface Keeper {
  readonly snapshot: AccessSnapshot;
  /** What is wrong with the store; null where all is well. */
  readonly problem: string | null;
  readonly ledger: Ledger;
  /** Starts the thread, where it does not run, and reads what is kept. */
  open(): Promise<void>;
  /** Everything used so far, as it is kept, and since. */
  past(): readonly UsageRow[];
  /** Decides on the newest state; resolves once the change is safe on disk. Changes are made one after the other. */
  change<Result>(decide: (snapshot: AccessSnapshot) => Decided<Result>): Promise<Result>;
  /** The thread itself, for what is only asked of it. */
  remote(): AccessThread['remote'];
  reload(): Promise<void>;
  close(): Promise<void>;
}

/** `onChanged` hears that the state or what is known of usage was replaced; `onProblem` what goes wrong. */
export function createKeeper(
  dataDirectory: string,
  onChanged: (usageToo: boolean) => void,
  onProblem: (problem: string) => void,
): Keeper {
  let thread: AccessThread | null = null;
  let opening: Promise<void> | null = null;
  let snapshot = createSnapshot(emptyState);
  let usage: readonly UsageRow[] = [];
  let problem: string | null = null;
  let storeProblem: string | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let closed = false;

  const noteProblem = (next: string | null): void => {
    const changed = next !== problem;
    problem = next;
    if (!changed) return;
    if (next !== null) onProblem(next);
    onChanged(false);
  };
  const remote = (): AccessThread['remote'] => {
    if (thread === null)
      throw new ChannelError(
        'access_unavailable',
        'Nothing is declared in tollgate.jsonc that one could subscribe to.',
      );
    return thread.remote;
  };
  const ledger = createLedger(
    ((...parameters) => remote().settle(...parameters)) satisfies AccessWorkerApi['settle'],
    (reason) => noteProblem(reason ?? storeProblem),
  );
  const load = async (): Promise<void> => {
    await ledger.whileStill(
      () => remote().load(),
      (loaded) => {
        snapshot = createSnapshot(loaded.state);
        usage = loaded.usage;
        storeProblem = loaded.problem;
        noteProblem(storeProblem);
        onChanged(true);
      },
    );
  };
  const next = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work, work);
    queue = result.catch(() => undefined);
    return result;
  };
  const reload = (): Promise<void> => next(load);

  return {
    get snapshot() {
      return snapshot;
    },
    get problem() {
      return problem;
    },
    ledger,
    open: () => {
      opening ??= next(async () => {
        thread = startAccessThread({ dataDirectory }, () => {
          if (!closed) void reload().catch(() => undefined);
        });
        try {
          await load();
        } catch (error) {
          noteProblem(error instanceof Error ? error.message : String(error));
        }
      });
      return opening;
    },
    past: () => [...usage, ...ledger.since()],
    change: (decide) =>
      next(async () => {
        for (let tries = 0; tries < mostTries; tries++) {
          const { change, result } = decide(snapshot);
          if (await remote().commit(change, snapshot.revision)) {
            snapshot = withRows(snapshot, change);
            onChanged(false);
            return result;
          }
          await load();
        }
        throw new ChannelError('access_unavailable', 'Another process keeps changing subscriptions. Try again.');
      }),
    remote,
    reload,
    close: async () => {
      closed = true;
      await queue.catch(() => undefined);
      await ledger.flush().catch(() => undefined);
      await thread?.close();
    },
  };
}

/** Usage as limits count it: no use in a row is later than `at`. */
export function pastUses(
  rows: readonly UsageRow[],
  teamOf: (application: string) => string,
  now: number = Date.now(),
): readonly PastUse[] {
  return rows.map(({ minute, ...row }) => ({
    ...row,
    team: teamOf(row.application),
    // A moving window lets go of a minute only when all of it has passed.
    at: Math.min(
      now,
      minute * 60_000 + (minute % 15 === 0 && minute * 60_000 < now - 3 * 3_600_000 ? 899_999 : 59_999),
    ),
  }));
}

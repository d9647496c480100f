import { periodOf } from '../../shared/budget.ts';
import type { LimitRule } from './limit.ts';

/** The running window of a limit, and what was used in it. All times in milliseconds since 1970. */
export interface LimitWindow {
  /** What was used in the window that `now` is in. */
  spent(now: number): number;
  add(at: number, amount: number): void;
  since(now: number): number;
  /** When it begins anew or, where it moves, has room again; null for never. */
  resetsAt(now: number): number | null;
}

/** Milliseconds within which uses are kept as one; they leave a moving window together, the last of them in time. */
function grainOf(rollingMs: number): number {
  return Math.max(1, Math.min(60_000, Math.floor(rollingMs / 60)));
}

export function createLimitWindow(rule: Pick<LimitRule, 'per' | 'rollingMs' | 'notBefore'>): LimitWindow {
  return rule.per === 'rolling' ? movingWindow(rule) : periodWindow(rule.per, rule.notBefore);
}

function periodWindow(per: Exclude<LimitRule['per'], 'rolling'>, notBefore: number): LimitWindow {
  const bounds = (now: number): { readonly since: number; readonly until: number | null } =>
    per === 'total' ? { since: 0, until: null } : periodOf(per, now);
  let running = { since: -1, until: null as number | null };
  let sum = 0;
  const advance = (now: number): void => {
    if (running.since >= 0 && (running.until === null || now < running.until)) return;
    running = bounds(now);
    sum = 0;
  };
  return {
    spent: (now) => {
      advance(now);
      return sum;
    },
    add: (at, amount) => {
      if (running.since < 0) advance(Date.now());
      // A call that is charged after its period's end counts in the one in which it is charged.
      if (at >= Math.max(running.since, notBefore)) sum += amount;
    },
    since: (now) => {
      advance(now);
      return Math.max(running.since, notBefore);
    },
    resetsAt: (now) => {
      advance(now);
      return running.until;
    },
  };
}

function movingWindow({ rollingMs, notBefore }: Pick<LimitRule, 'rollingMs' | 'notBefore'>): LimitWindow {
  const grain = grainOf(rollingMs);
  const uses: { at: number; amount: number }[] = [];
  let sum = 0;
  const advance = (now: number): void => {
    let gone = 0;
    for (const { at, amount } of uses) {
      if (at > now - rollingMs) break;
      sum -= amount;
      gone++;
    }
    uses.splice(0, gone);
    if (uses.length === 0) sum = 0;
  };
  return {
    spent: (now) => {
      advance(now);
      return sum;
    },
    add: (at, amount) => {
      if (at < notBefore) return;
      const last = uses.at(-1);
      if (last !== undefined && at - last.at < grain && at >= last.at) {
        last.at = at;
        last.amount += amount;
      } else {
        const place = uses.findLastIndex((use) => use.at <= at) + 1;
        uses.splice(place, 0, { at, amount });
      }
      sum += amount;
    },
    since: (now) => Math.max(now - rollingMs, notBefore),
    resetsAt: (now) => {
      advance(now);
      const [first] = uses;
      return first === undefined ? now : first.at + rollingMs;
    },
  };
}

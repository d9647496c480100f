import type { RouteTarget } from './modelRoute.ts';

/** Shares calls out by weight. */
export interface Balance {
  /** The targets of a step in the order to ask them for one call. */
  order(targets: readonly RouteTarget[]): readonly RouteTarget[];
}

/**
 * Smooth weighted round robin, as nginx has it (nginx commit 52327e0627f4): deterministic, and never many of one in a
 * row. The rest of the order goes by what each has coming.
 */
export function createBalance(): Balance {
  const credits = new WeakMap<RouteTarget, number>();
  return {
    order: (targets) => {
      if (targets.length < 2) return targets;
      const total = targets.reduce((sum, { weight }) => sum + weight, 0);
      for (const one of targets) credits.set(one, (credits.get(one) ?? 0) + one.weight);
      const ordered = [...targets].sort((a, b) => (credits.get(b) ?? 0) - (credits.get(a) ?? 0));
      const [first] = ordered;
      if (first !== undefined) credits.set(first, (credits.get(first) ?? 0) - total);
      return ordered;
    },
  };
}

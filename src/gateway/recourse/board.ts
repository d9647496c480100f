import type { RecourseState } from '../../shared/recourse.ts';
import type { ResolvedApi } from '../parts.ts';
import { createCoolDowns, type CoolDowns, type Target } from './coolDowns.ts';
import { Gate } from './gate.ts';

/** What is waiting and what is left out just now, for all APIs. */
export interface RecourseBoard {
  readonly coolDowns: CoolDowns;
  /** The gate before a target; there is one for as long as the gateway runs. */
  gate(target: Target): Gate;
  state(api: ResolvedApi): RecourseState | null;
  dispose(): void;
}

/** `onChanged` hears whenever a state may have changed; `now` is the clock, in milliseconds since 1970. */
export function createRecourseBoard(onChanged: () => void, now: () => number = Date.now): RecourseBoard {
  const gates = new Map<string, { readonly api: string; readonly gate: Gate }>();
  const coolDowns = createCoolDowns(onChanged, now);
  return {
    coolDowns,
    gate: ({ api, credential }) => {
      const key = `${api}\n${credential ?? ''}`;
      const known = gates.get(key);
      if (known !== undefined) return known.gate;
      const gate = new Gate(onChanged, now);
      gates.set(key, { api, gate });
      return gate;
    },
    state: ({ name, recourse }) => {
      if (recourse === undefined) {
        // A target of an alias may be left out all the same.
        const cooling = coolDowns.list(({ api }) => api === name);
        return cooling.length === 0 ? null : { waiting: 0, opensAt: null, coolDowns: cooling };
      }
      const own = [...gates.values()].filter(({ api }) => api === name).map(({ gate }) => gate);
      const shut = own.flatMap(({ shutUntil }) => shutUntil ?? []);
      const concerned = new Set([name, ...recourse.fallback.flatMap((one) => (one.kind === 'api' ? [one.name] : []))]);
      return {
        waiting: own.reduce((sum, { waiting }) => sum + waiting, 0),
        opensAt: shut.length === 0 ? null : Math.max(...shut),
        coolDowns: coolDowns.list(({ api }) => concerned.has(api)),
      };
    },
    dispose: () => {
      for (const { gate } of gates.values()) gate.dispose();
    },
  };
}

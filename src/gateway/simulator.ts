import { ChannelError } from '../shared/channel.ts';
import {
  simulatedCauses,
  type RunningSimulation,
  type SimulatedCause,
  type SimulationPlan,
} from '../shared/simulation.ts';
import { plain, text } from '../shared/text.ts';
import { simulation } from '../simulations/index.ts';
import type { ResolvedApi } from './parts.ts';

/** Rehearsals in force, one an API at most. They end with the gateway. */
export interface Simulator {
  /** Null ends it. Fails with `simulation_unknown` or `simulation_invalid`. */
  plan(api: ResolvedApi, plan: SimulationPlan | null): void;
  running(api: string): RunningSimulation | null;
  /** The plan that this call has to be answered by, which counts it; null where it goes upstream. */
  take(api: ResolvedApi, method: string, path: string): SimulationPlan | null;
}

interface Standing {
  readonly plan: SimulationPlan;
  matched: number;
  answered: number;
}

/** `onChanged` is told of each begin, answer and end. `random` gives numbers from 0 up to 1. */
export function createSimulator(onChanged: () => void, random: () => number = Math.random): Simulator {
  const standings = new Map<string, Standing>();
  return {
    plan: (api, plan) => {
      if (plan === null) standings.delete(api.name);
      else standings.set(api.name, { plan: checked(api, plan), matched: 0, answered: 0 });
      onChanged();
    },
    running: (api) => {
      const standing = standings.get(api);
      return standing === undefined ? null : { ...standing.plan, answered: standing.answered };
    },
    take: (api, method, path) => {
      const standing = standings.get(api.name);
      // What a browser asks before the call is not the call.
      if (standing === undefined || method === 'OPTIONS' || !matches(standing.plan, method, path)) return null;
      // The provider may have been declared anew since.
      if (!isPossible(api, standing.plan.cause)) return null;
      standing.matched++;
      if (!isDue(standing, random)) return null;
      standing.answered++;
      const { when } = standing.plan;
      if (when.kind === 'next' && standing.answered >= when.count) standings.delete(api.name);
      onChanged();
      return standing.plan;
    },
  };
}

function isPossible({ provider }: ResolvedApi, cause: SimulatedCause): boolean {
  return simulatedCauses.includes(cause) && simulation(provider?.id ?? null, cause) !== null;
}

function matches({ match = {} }: SimulationPlan, method: string, path: string): boolean {
  if (match.method !== undefined && match.method.toUpperCase() !== method) return false;
  return match.path === undefined || path.includes(match.path);
}

function isDue({ plan: { when }, matched }: Standing, random: () => number): boolean {
  switch (when.kind) {
    case 'next':
      return true;
    case 'every':
      return matched % when.nth === 0;
    case 'random':
      return random() < when.probability;
  }
}

/** Plans come over the control line as well, where anything may be sent. */
function checked(api: ResolvedApi, plan: SimulationPlan): SimulationPlan {
  if (!isPossible(api, plan.cause))
    throw new ChannelError('simulation_unknown', plain(text('"{0}" never refuses with "{1}".', api.name, plan.cause)));
  if (!isTiming(plan.when))
    throw new ChannelError(
      'simulation_invalid',
      plain(text('A simulation comes at the next calls (1 or more), every nth, or with a probability from 0 to 1.')),
    );
  return plan;
}

function isTiming(when: Partial<SimulationPlan['when']> | undefined): boolean {
  switch (when?.kind) {
    case 'next':
      return isCount(when.count);
    case 'every':
      return isCount(when.nth);
    case 'random':
      return typeof when.probability === 'number' && when.probability > 0 && when.probability <= 1;
    case undefined:
      return false;
  }
}

function isCount(value: unknown): boolean {
  return Number.isInteger(value) && Number(value) >= 1;
}

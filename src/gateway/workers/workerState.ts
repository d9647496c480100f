import type { GatewaySettings } from '../../shared/settings.ts';
import type { AccessGate } from '../access/openAccess.ts';
import type { CatalogueState } from '../catalogueFile.ts';
import type { Lifecycle } from '../lifecycle/lifecycle.ts';
import type { ResolvedApi } from '../parts.ts';
import type { Simulator } from '../simulator.ts';
import { toPlain } from './plainApi.ts';
import type { WorkerState } from './workerMessages.ts';

export interface StateParts {
  readonly port: number;
  readonly token: string;
  readonly settings: GatewaySettings;
  readonly catalogue: Pick<CatalogueState, 'budget' | 'guardrails'>;
  readonly apis: Iterable<ResolvedApi>;
  readonly stopped: ReadonlySet<string>;
  readonly simulator: Pick<Simulator, 'running'>;
  readonly lifecycle: Pick<Lifecycle, 'state'>;
  readonly gate: Pick<AccessGate, 'watches' | 'hasTerms'>;
}

/**
 * What workers may serve by themselves. A call that something is counted for, held against or changed by is the
 * gateway's own: so there is one place where a budget is spent, and an API without any pays nothing for it.
 */
export function workerState(parts: StateParts): WorkerState {
  const { port, token, settings, catalogue, stopped, simulator, lifecycle, gate } = parts;
  const isPlain = (api: ResolvedApi): boolean =>
    api.recourse === undefined &&
    api.budget === undefined &&
    api.draft === undefined &&
    !stopped.has(api.name) &&
    simulator.running(api.name) === null &&
    lifecycle.state(api.name) === undefined &&
    !gate.watches(api.name);
  const isFree = catalogue.budget === null && Object.keys(catalogue.guardrails).length === 0;
  const apis = isFree ? [...parts.apis].filter(isPlain).map(toPlain) : [];
  return { port, token, settings, hasKeys: gate.hasTerms(), apis };
}

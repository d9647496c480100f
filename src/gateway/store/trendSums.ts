import type { TrendSum } from '../../shared/trends.ts';
import { percentile } from './latencySteps.ts';

/** Sums being added up. */
export interface OpenSums {
  calls: number;
  errors: number;
  input: number;
  output: number;
  cost: number;
  /** Calls by step of latency. */
  readonly latencies: Map<number, number>;
}

export function openSums(): OpenSums {
  return { calls: 0, errors: 0, input: 0, output: 0, cost: 0, latencies: new Map() };
}

/** Adds other sums to these. */
export function addSums(to: OpenSums, from: OpenSums): void {
  to.calls += from.calls;
  to.errors += from.errors;
  to.input += from.input;
  to.output += from.output;
  to.cost += from.cost;
  for (const [step, calls] of from.latencies) to.latencies.set(step, (to.latencies.get(step) ?? 0) + calls);
}

/** The sums as they are told. */
export function toTrendSum({ calls, errors, input, output, cost, latencies }: OpenSums): TrendSum {
  return {
    calls,
    errors,
    inputTokens: input,
    outputTokens: output,
    costUsd: cost,
    p50: percentile(latencies, 0.5),
    p90: percentile(latencies, 0.9),
    p99: percentile(latencies, 0.99),
  };
}

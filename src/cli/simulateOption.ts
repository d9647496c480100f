import type { GatewayApi } from '../shared/protocol.ts';
import { simulatedCauses, type SimulatedCause, type SimulationPlan } from '../shared/simulation.ts';
import { canBreakOff, simulations } from '../simulations/index.ts';
import { optionTexts, type OptionValues } from './command.ts';
import { UsageError } from './usageError.ts';

/** `--simulate`, as often as there are APIs. */
export const simulateOptions = { simulate: { type: 'string', multiple: true } } as const;

export const simulateHelp = `  --simulate WHAT      Refuse calls as the provider would, without asking it; may be given again for another API.
                       WHAT is API:CAUSE[+midstream][@WHEN], API its name or its provider, as in
                       openrouter:insufficient_funds, openai:rate_limit+midstream@every:3.
                       WHEN is next (by default), next:N, every:N, always or random:P with P up to 1
`;

/** What `--simulate` asks for, of an API's name or a provider. */
export interface AskedSimulation {
  readonly text: string;
  readonly target: string;
  readonly plan: SimulationPlan;
}

const form = /^([^:@+]+):([a-z0-9_]+)(\+midstream)?(?:@(.+))?$/;

/** Reads the option. Throws a `UsageError` that names what is possible. */
export function simulationsIn(options: OptionValues): readonly AskedSimulation[] {
  return optionTexts(options, 'simulate').map((text) => {
    const [, target, name, midStream, when = 'next'] = form.exec(text) ?? [];
    if (target === undefined || name === undefined)
      throw new UsageError(
        `"${text}" is no simulation. It is API:CAUSE or API:CAUSE@WHEN, as in openai:rate_limit@every:3.`,
      );
    const timing = timingOf(when);
    if (timing === null)
      throw new UsageError(`"${when}" is no time for a simulation. It is next, next:N, every:N, always or random:P.`);
    const plan = { cause: causeOf(name), when: timing, ...(midStream === undefined ? {} : { midStream: true }) };
    return { text, target, plan };
  });
}

/** Puts the simulations in force. Throws a `UsageError` that names what is possible. */
export async function applySimulations(
  gateway: Pick<GatewayApi, 'apis' | 'simulate'>,
  asked: readonly AskedSimulation[],
): Promise<void> {
  if (asked.length === 0) return;
  const apis = await gateway.apis();
  const taken = new Set<string>();
  for (const { text, target, plan } of asked) {
    const meant = apis.filter(({ name }) => name === target);
    if (meant.length === 0) meant.push(...apis.filter(({ provider }) => provider === target));
    if (meant.length === 0)
      throw new UsageError(
        `There is no API "${target}" to simulate. ${listed(
          'Declared are',
          apis.map(({ name }) => name),
        )}`,
      );
    for (const { name, provider } of meant) {
      if (taken.has(name)) throw new UsageError(`"${text}" is the second simulation of "${name}". Leave one out.`);
      taken.add(name);
      const possible = simulations(provider);
      if (!possible.includes(plan.cause))
        throw new UsageError(`"${name}" never refuses with "${plan.cause}". ${listed('It can', possible)}`);
      if (plan.midStream === true && !canBreakOff(provider, plan.cause))
        throw new UsageError(`No stream of "${name}" breaks off with "${plan.cause}". Leave "+midstream" out.`);
      await gateway.simulate(name, plan);
    }
  }
}

function timingOf(when: string): SimulationPlan['when'] | null {
  const [kind = '', value] = when.split(':');
  const count = value !== undefined && /^[1-9]\d{0,6}$/.test(value) ? Number(value) : null;
  switch (kind) {
    case 'next':
      return value === undefined ? { kind, count: 1 } : count === null ? null : { kind, count };
    case 'every':
      return count === null ? null : { kind, nth: count };
    case 'always':
      return value === undefined ? { kind: 'every', nth: 1 } : null;
    case 'random': {
      const probability = value !== undefined && /^[\d.]+$/.test(value) ? Number(value) : NaN;
      return probability > 0 && probability <= 1 ? { kind, probability } : null;
    }
    default:
      return null;
  }
}

function causeOf(name: string): SimulatedCause {
  const cause = simulatedCauses.find((one) => one === name);
  if (cause !== undefined) return cause;
  throw new UsageError(`There is no cause "${name}". ${listed('There are', simulatedCauses)}`);
}

function listed(before: string, names: readonly string[]): string {
  return names.length === 0 ? 'tollgate.jsonc declares none.' : `${before}: ${names.join(', ')}.`;
}

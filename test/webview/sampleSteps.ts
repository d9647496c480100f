import type { ExchangeId } from '../../src/shared/exchange.ts';
import { text } from '../../src/shared/text.ts';
import { stepNames, type Step, type StepState, type Troubleshooting } from '../../src/shared/troubleshooting.ts';

const states: readonly StepState[] = ['problem', 'unknown', 'ok', 'needsYou', 'running'];

/** A checklist with a step in every state. */
export function sampleSteps(id: ExchangeId): Troubleshooting {
  const steps = stepNames.map((name, index): Step => ({
    name,
    state: states[index] ?? 'ok',
    sentences: [text('This is what the step {0} says.', name)],
    facts: [{ name: text('Left'), value: text('0.42 USD') }],
    actions: [
      { kind: 'open', id: `${name}.billing`, title: text('Open the billing page'), url: 'https://example.com/' },
      { kind: 'call', id: `${name}.replay`, title: text('Replay'), call: 'replay' },
    ],
    ...(name === 'usage' ? { hours } : {}),
  }));
  return { id, startedAt: 0, finishedAt: null, simulated: false, conclusion: null, steps };
}

const firstHour = Date.UTC(2026, 2, 14, 4);
const hours = [4, 9, 1, 17].map((calls, index) => ({
  at: firstHour + index * 3_600_000,
  calls,
  refused: index === 3 ? 5 : 0,
  costUsd: null,
}));

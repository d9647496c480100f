import type { CallsInTime } from '../shared/callHistory.ts';
import { plain } from '../shared/text.ts';
import { stateTitles, stepTitles, type Step, type StepState, type Troubleshooting } from '../shared/troubleshooting.ts';
import { printable } from './findingReport.ts';

const marks: Readonly<Record<StepState, string>> = { running: '…', ok: '✓', problem: '✗', unknown: '?', needsYou: '!' };

/** A step as people read it, with its facts and the pages that help. */
export function stepLines({ name, state, sentences, facts, actions, hours = [] }: Step, number: number): string {
  const pages = actions.flatMap((action) => (action.kind === 'open' ? [`${plain(action.title)}: ${action.url}`] : []));
  return [
    `${marks[state]} ${String(number)}. ${plain(stepTitles[name])}: ${plain(stateTitles[state])}`,
    ...sentences.map((sentence) => `     ${plain(sentence)}`),
    ...(hours.length < 2 ? [] : [`       Calls by the hour: ${sparkline(hours)}`]),
    ...facts.map((one) => `       ${plain(one.name)}: ${plain(one.value)}`),
    ...pages.map((page) => `     → ${page}`),
  ]
    .map((line) => `${printable(line)}\n`)
    .join('');
}

const bars = '▁▂▃▄▅▆▇█';

/** Calls in each hour, from the first that had some to the last. */
function sparkline(hours: readonly CallsInTime[]): string {
  const most = Math.max(...hours.map(({ calls }) => calls));
  const [first = 0, last = 0] = [hours[0]?.at, hours.at(-1)?.at];
  const slots = Array.from(
    { length: Math.round((last - first) / 3_600_000) + 1 },
    (_, index) => first + index * 3_600_000,
  );
  return slots
    .map((at) => hours.find((one) => one.at === at)?.calls ?? 0)
    .map((calls) => (calls === 0 ? ' ' : (bars[Math.ceil((calls / most) * bars.length) - 1] ?? '')))
    .join('');
}

/** Hands on each step once it is done and those before it are, so that they come in order. */
export function stepPrinter(show: (step: Step, number: number) => void): (sofar: Troubleshooting) => void {
  let shown = 0;
  return ({ steps }) => {
    for (let step = steps[shown]; step !== undefined && step.state !== 'running'; step = steps[shown]) {
      shown++;
      show(step, shown);
    }
  };
}

/** Readers of JSON want sentences, not templates, and no buttons. */
export function troubleshootingJson(done: Troubleshooting): Readonly<Record<string, unknown>> {
  return {
    id: done.id,
    simulated: done.simulated,
    conclusion: done.conclusion === null ? null : plain(done.conclusion),
    steps: done.steps.map(({ name, state, sentences, facts, actions }) => ({
      step: name,
      state,
      sentences: sentences.map(plain),
      facts: Object.fromEntries(facts.map((one) => [plain(one.name), plain(one.value)])),
      pages: actions.flatMap((action) => (action.kind === 'open' ? [action.url] : [])),
    })),
  };
}

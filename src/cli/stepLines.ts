import { plain } from '../shared/text.ts';
import { stateTitles, stepTitles, type Step, type StepState, type Troubleshooting } from '../shared/troubleshooting.ts';
import { printable } from './findingReport.ts';

const marks: Readonly<Record<StepState, string>> = { running: '…', ok: '✓', problem: '✗', unknown: '?', needsYou: '!' };

/** A step as people read it, with its facts and the pages that help. */
export function stepLines({ name, state, sentences, facts, actions }: Step, number: number): string {
  const pages = actions.flatMap((action) => (action.kind === 'open' ? [`${plain(action.title)}: ${action.url}`] : []));
  return [
    `${marks[state]} ${String(number)}. ${plain(stepTitles[name])}: ${plain(stateTitles[state])}`,
    ...sentences.map((sentence) => `     ${plain(sentence)}`),
    ...facts.map((one) => `       ${plain(one.name)}: ${plain(one.value)}`),
    ...pages.map((page) => `     → ${page}`),
  ]
    .map((line) => `${printable(line)}\n`)
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

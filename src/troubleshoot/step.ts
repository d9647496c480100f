import type { Step, StepAction, StepCall, StepFact, StepName, StepState } from '../shared/troubleshooting.ts';
import { text, type Text } from '../shared/text.ts';

/** Builds one step: what it says, what it was told from, what can be done. */
export function step(
  name: StepName,
  state: StepState,
  sentences: readonly (Text | null)[],
  more: { readonly facts?: readonly (StepFact | null)[]; readonly actions?: readonly (StepAction | null)[] } = {},
): Step {
  return {
    name,
    state,
    sentences: sentences.filter((one) => one !== null),
    facts: (more.facts ?? []).filter((one) => one !== null),
    actions: (more.actions ?? []).filter((one) => one !== null),
  };
}

/** A fact, or null where its value is not known. */
export function fact(name: Text, value: Text | string | number | null | undefined): StepFact | null {
  if (value === null || value === undefined || value === '') return null;
  return { name, value: typeof value === 'object' ? value : verbatim(value) };
}

/** What needs no translation. */
export function verbatim(value: string | number): Text {
  return text('{0}', value);
}

/** A button that opens a page; null where there is none. */
export function page(name: StepName, what: string, title: Text, url: string | null | undefined): StepAction | null {
  return url === null || url === undefined ? null : { kind: 'open', id: `${name}.${what}`, title, url };
}

/** A button that has the editor do something. */
export function call(name: StepName, title: Text, what: StepCall): StepAction {
  return { kind: 'call', id: `${name}.${what}`, title, call: what };
}

/** A moment in the reader's own time, to the second. `at` is in milliseconds since 1970. */
export function moment(at: number): string {
  const date = new Date(at);
  const two = (value: number): string => String(value).padStart(2, '0');
  return (
    `${String(date.getFullYear())}-${two(date.getMonth() + 1)}-${two(date.getDate())} ` +
    `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  );
}

/** A span of time, coarsely: `45 s`, `12 min`, `3 h`, `5 d`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 90) return `${String(seconds)} s`;
  if (seconds < 5400) return `${String(Math.round(seconds / 60))} min`;
  if (seconds < 172_800) return `${String(Math.round(seconds / 3600))} h`;
  return `${String(Math.round(seconds / 86_400))} d`;
}

import { panelStrings } from '../src/shared/panelStrings.ts';
import type { PanelString } from '../src/shared/panelStrings.ts';
import type { Cause, Party } from '../src/shared/finding.ts';
import { plain } from '../src/shared/text.ts';
import { stateTitles, stepTitles } from '../src/shared/troubleshooting.ts';
import type { StepName, StepState } from '../src/shared/troubleshooting.ts';

let table: Readonly<Record<string, unknown>> = panelStrings;

/** Takes over the host's translations, given as JSON. English stays where one is missing. */
export function loadStrings(json: string | undefined): void {
  if (json === undefined) return;
  const parsed: unknown = JSON.parse(json);
  if (typeof parsed === 'object' && parsed !== null) table = { ...panelStrings, ...parsed };
}

/** A string of the panel in the editor's language, with its gaps filled. */
export function t(key: PanelString, ...args: readonly (string | number)[]): string {
  return plain({ message: lookUp(key) ?? panelStrings[key], args });
}

/** A cause by name, as in "Insufficient funds". */
export function causeName(cause: Cause): string {
  return lookUp(`cause.${cause}`) ?? cause.replaceAll('_', ' ');
}

/** A step against a refusal, by name. */
export function stepName(name: StepName): string {
  return lookUp(`step.${name}`) ?? plain(stepTitles[name]);
}

/** How a step stands, in a word or two. */
export function stateName(state: StepState): string {
  return lookUp(`state.${state}`) ?? plain(stateTitles[state]);
}

/** Who has to act, by name. */
export function partyName(party: Party): string {
  return t(`party.${party}`);
}

function lookUp(key: string): string | undefined {
  const found = table[key];
  return typeof found === 'string' ? found : undefined;
}

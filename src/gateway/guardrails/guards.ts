import { detectors, type GuardrailDeclaration } from '../../shared/catalogueGuardrails.ts';
import { detection, type Detection } from './detectors.ts';
import { ownPatterns, type OwnPatterns } from './ownPatterns.ts';

/** A guardrail, ready to look. */
export interface Guard {
  readonly name: string;
  readonly action: GuardrailDeclaration['action'];
  readonly answers: boolean;
  readonly detections: readonly Detection[];
  readonly own: OwnPatterns | null;
  readonly apis: ReadonlySet<string> | null;
  readonly teams: ReadonlySet<string> | null;
}

/** What was found in a text. */
export interface Find {
  readonly guard: Guard;
  /** What it is, as in `email`. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

/** All guardrails of a catalogue. */
export interface Guards {
  /** Those for calls of a team to an API; null where there are none. */
  of(api: string, team: string | null): readonly Guard[] | null;
}

/** Patterns that are not valid are left out; the catalogue tells of them. */
export function createGuards(declared: Readonly<Record<string, GuardrailDeclaration>>): Guards {
  const guards = Object.entries(declared).map(([name, one]): Guard => {
    const patterns = Object.entries(one.patterns ?? {}).filter(([, source]) => isValid(source));
    const wanted = one.detect ?? (one.patterns === undefined ? detectors : []);
    return {
      ...{ name, action: one.action, answers: one.answers },
      // A card's digits look like a phone number's.
      detections: (['key', 'email', 'card', 'phone'] as const).filter((each) => wanted.includes(each)).map(detection),
      own: ownPatterns(Object.fromEntries(patterns)),
      apis: one.apis === undefined ? null : new Set(one.apis),
      teams: one.teams === undefined ? null : new Set(one.teams),
    };
  });
  return {
    of: (api, team) => {
      if (guards.length === 0) return null;
      const found = guards.filter(
        ({ apis, teams }) => apis?.has(api) !== false && (teams === null || (team !== null && teams.has(team))),
      );
      return found.length === 0 ? null : found;
    },
  };
}

/** What is wrong with a pattern; null where nothing is. */
export function isValid(source: string): boolean {
  try {
    return new RegExp(source, 'g').source !== '';
  } catch {
    return false;
  }
}

/** Looks through a text: what was found, in order and without overlaps; null where a pattern takes too long. */
export function look(text: string, guards: readonly Guard[]): readonly Find[] | null {
  const found: Find[] = [];
  const add = (one: Find): void => {
    if (!found.some(({ start, end }) => one.start < end && start < one.end)) found.push(one);
  };
  for (const guard of guards) {
    const own = guard.own === null ? [] : guard.own(text);
    if (own === null) return null;
    for (const [what, start, end] of own) add({ guard, what, start, end });
    for (const { name, pattern, isOne } of guard.detections)
      for (const match of text.matchAll(pattern))
        if (isOne?.(match[0]) !== false)
          add({ guard, what: name, start: match.index, end: match.index + match[0].length });
  }
  return found.sort((a, b) => a.start - b.start);
}

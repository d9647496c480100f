import type { Catalogue } from '../../shared/catalogue.ts';
import { plain, text } from '../../shared/text.ts';
import type { MemberProblem } from '../catalogueProblem.ts';
import { isValid } from './guards.ts';

/** What guardrails name that is not there, and patterns that are none. */
export function guardrailProblems({ guardrails, apis, teams }: Catalogue): readonly MemberProblem[] {
  return Object.entries(guardrails).flatMap(([name, one]) => {
    const path = ['guardrails', name];
    const problem = (more: readonly (string | number)[], message: string): MemberProblem => ({
      ...{ severity: 'error', path: [...path, ...more], at: 'value', message },
    });
    const patterns = Object.entries(one.patterns ?? {}).filter(([, source]) => !isValid(source));
    const missing = (kind: 'apis' | 'teams', known: object): readonly MemberProblem[] =>
      (one[kind] ?? []).flatMap((wanted, index) =>
        Object.hasOwn(known, wanted)
          ? []
          : [problem([kind, index], plain(text('There is no "{0}" under "{1}" in tollgate.jsonc.', wanted, kind)))],
      );
    return [
      ...patterns.map(([key]) => problem(['patterns', key], plain(text('This is not a valid regular expression.')))),
      ...missing('apis', apis),
      ...missing('teams', teams),
    ];
  });
}

import type { ExchangeSummary } from '../../src/shared/exchange.ts';
import { matchesFilter, parseFilter } from '../../src/shared/filter.ts';
import { plain } from '../../src/shared/text.ts';
import { t } from '../strings.ts';
import type { Match } from './rowWindow.ts';

/** What is wrong with a filter, and where: `position` counts characters from 0. */
export interface FilterProblem {
  readonly message: string;
  readonly position: number;
}

/** A filter as typed, read: a predicate for rows as they come in, or what is wrong with it. */
export function readFilter(text: string): {
  readonly problem: FilterProblem | null;
  readonly matches: (row: ExchangeSummary) => Match;
} {
  const parsed = parseFilter(text);
  if (!parsed.ok) {
    return {
      problem: { message: plain(parsed.message), position: parsed.position },
      matches: () => 'no',
    };
  }
  const { node } = parsed;
  return {
    problem: null,
    matches: (row) => {
      const answer = matchesFilter(node, row, Date.now());
      return answer === null ? 'unknown' : answer ? 'yes' : 'no';
    },
  };
}

/** A filter that one click adds or takes away. */
export interface Chip {
  readonly label: string;
  readonly title: string;
  readonly term: string;
}

/** The quick filters; the last is there while a row of a declared API is selected. */
export function chips(api: string | null): readonly Chip[] {
  return [
    { label: t('chipFindings'), title: t('chipFindingsTitle'), term: 'has:finding' },
    { label: t('chipErrors'), title: t('chipErrorsTitle'), term: 'status>=400' },
    { label: t('chipRunning'), title: t('chipRunningTitle'), term: 'state:open' },
    ...(api === null ? [] : [{ label: t('chipApi', api), title: t('chipApiTitle', api), term: `api:${api}` }]),
  ];
}

/** True where the term stands in the filter by itself. */
export function hasTerm(filter: string, term: string): boolean {
  return words(filter).includes(term);
}

/** The filter with the term, or without it if it was there. */
export function toggleTerm(filter: string, term: string): string {
  const all = words(filter);
  return (all.includes(term) ? all.filter((word) => word !== term) : [...all, term]).join(' ');
}

/** Words as a reader sees them; what stands in quotes holds together. */
function words(filter: string): readonly string[] {
  return filter.match(/(?:"(?:\\.|[^"\\])*"?|\S)+/g) ?? [];
}

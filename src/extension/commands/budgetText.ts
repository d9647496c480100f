import { parse } from 'jsonc-parser';
import type { Budget } from '../../shared/budget.ts';
import { withMember } from '../../shared/memberText.ts';
import { beginCatalogue } from './catalogueText.ts';

/** The text of `tollgate.jsonc` with a budget changed, or removed where `change` is null; null `api` means that for all. */
export function setBudgetIn(text: string | null, api: string | null, change: Partial<Budget> | null): string {
  const before = beginCatalogue(text);
  const path = api === null ? ['budget'] : ['apis', api, 'budget'];
  // Member by member, so that comments between them stay.
  const known = budgetIn(before, api) !== null;
  if (change === null || !known) return withMember(before, path, change ?? undefined);
  return Object.entries(change).reduce((after, [name, value]) => withMember(after, [...path, name], value), before);
}

/** What is declared, as far as it is. */
export function budgetIn(text: string | null, api: string | null): Partial<Budget> | null {
  const value: unknown = text === null ? undefined : parse(text, [], { allowTrailingComma: true });
  const owner = api === null ? value : member(member(value, 'apis'), api);
  const budget = member(owner, 'budget');
  return typeof budget === 'object' && budget !== null ? budget : null;
}

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

/** Changes members of one of `budgets`; comments and layout are kept. */
export function setLimitIn(text: string, name: string, change: Readonly<Record<string, unknown>>): string {
  return Object.entries(change).reduce(
    (before, [member, value]) => withMember(before, ['budgets', name, member], value),
    text,
  );
}

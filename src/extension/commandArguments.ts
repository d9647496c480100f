import type { ExchangeId } from '../shared/exchange.ts';
import type { Parts } from './parts.ts';

/** The API that a command's argument names: a name, or a node of the explorer. Null where it names none. */
export function apiArgument(argument: unknown): string | null {
  return typeof argument === 'string' ? argument : member(argument, 'name');
}

/** The finding that a command's argument names: a key, or a node of the findings view. */
export function findingArgument(argument: unknown): string | null {
  return typeof argument === 'string' ? argument : member(argument, 'key');
}

/** The exchange that a command's argument names. Ids in the store are not checked here: unknown ones are not found. */
export function exchangeArgument(argument: unknown): ExchangeId | null {
  return typeof argument === 'string' ? (argument as ExchangeId) : null;
}

/** Whether the argument is a node of the findings view. */
export function isFindingNode(argument: unknown): boolean {
  return member(argument, 'kind') === 'finding';
}

function member(value: unknown, name: 'name' | 'key' | 'kind'): string | null {
  if (typeof value !== 'object' || value === null) return null;
  const found = (value as Record<string, unknown>)[name];
  return typeof found === 'string' ? found : null;
}

/** Commands about an exchange also take a node of the findings view, and then mean its newest exchange. */
export function exchangeOf({ traffic }: Pick<Parts, 'traffic'>, argument: unknown): ExchangeId | null {
  if (!isFindingNode(argument)) return exchangeArgument(argument);
  const key = findingArgument(argument);
  return key === null ? null : (traffic.finding(key)?.exchangeId ?? null);
}

import type { ExchangeId } from '../shared/exchange.ts';

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

import type { Side } from '../../shared/protocol.ts';

/** The key of a body's row: see the table `bodies`. */
export function bodyKey(number: number, side: Side): number {
  return number * 2 + (side === 'response' ? 1 : 0);
}

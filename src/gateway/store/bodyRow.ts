import type { BodySide } from './eventBatch.ts';

/** The table that a body is in. */
export function bodyTable(side: BodySide): 'bodies' | 'client_bodies' {
  return side === 'request' || side === 'response' ? 'bodies' : 'client_bodies';
}

/** The key of a body's row: see the table `bodies`. */
export function bodyKey(number: number, side: BodySide): number {
  return number * 2 + (side === 'response' || side === 'clientResponse' ? 1 : 0);
}

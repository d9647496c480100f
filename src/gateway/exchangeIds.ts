import { randomBytes } from 'node:crypto';
import type { ExchangeId } from '../shared/exchange.ts';

/** Gives out ids that sort by the time of asking, and end with what no other process has. */
export function createExchangeIds(
  now: () => number = Date.now,
  process: string = randomBytes(5).toString('hex'),
): () => ExchangeId {
  let last = 0;
  let count = 0;
  let prefix = '';
  return () => {
    // A clock that is set back must not make ids sort wrongly.
    const time = Math.max(now(), last);
    count = time === last ? count + 1 : 0;
    if (time !== last) prefix = time.toString(36).padStart(9, '0');
    last = time;
    return `${prefix}-${count.toString(36).padStart(4, '0')}-${process}` as ExchangeId;
  };
}

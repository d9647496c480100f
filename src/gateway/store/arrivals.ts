import { headerValue, type Arrival } from '../../shared/exchange.ts';
import type { OpenExchange } from './openExchange.ts';

/** More pieces than this are not told apart. */
const most = 1000;
/** Milliseconds within which pieces of one side count as one. */
const together = 5;

/** Notes when a piece of a stream came, as far as the recording thread can tell: it hears of it some milliseconds later. */
export function noteArrival(open: OpenExchange, side: Arrival[0], bytes: number, now: number): void {
  const { arrivals, begin } = open;
  const at = Math.max(0, Math.round(now - begin.startedAt));
  const last = arrivals.at(-1);
  if (last?.[0] === side && (arrivals.length >= most || at - last[2] <= together)) last[1] += bytes;
  else if (arrivals.length < most) arrivals.push([side, bytes, at]);
}

/** Streams in which it matters when something came: of events, of lines, and both ways. */
export function arrivalsOf({ arrivals, response }: OpenExchange): { readonly arrivals?: readonly Arrival[] } {
  if (response === null || arrivals.length === 0) return {};
  const type = headerValue(response.headers, 'content-type') ?? '';
  return response.status === 101 || /event-stream|ndjson|jsonl|json-seq/i.test(type) ? { arrivals } : {};
}

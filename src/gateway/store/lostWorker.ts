import type { ExchangeId } from '../../shared/exchange.ts';
import type { CaptureEvent } from '../parts.ts';

/** The ends of what a forwarding process that has died had under way: its exchanges end with its name. */
export function endsOf(worker: string, running: Iterable<ExchangeId>): readonly CaptureEvent[] {
  return [...running]
    .filter((id) => id.endsWith(`-${worker}`))
    .map((id) => ({
      type: 'end',
      id,
      state: 'failed',
      failure: {
        code: 'internal_error',
        message: 'The process that forwarded this call has ended.',
        hint: 'Send the call again.',
      },
      trailers: [],
      requestSize: 0,
      responseSize: 0,
      timing: { queue: null, connect: null, tls: null, firstByte: null, download: null, total: 0 },
    }));
}

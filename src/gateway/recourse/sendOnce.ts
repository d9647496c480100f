import type { UpstreamCall, UpstreamListener, UpstreamRequest, Upstreams } from '../engine.ts';
import { holdBack, type HeldAnswer } from './holdBack.ts';

/** How one try ended: passed on to the client, or with nothing of it passed on. */
export type Sent =
  | { readonly kind: 'passed' }
  | { readonly kind: 'kept'; readonly answer: HeldAnswer }
  | { readonly kind: 'failed'; readonly error: Error };

/** What one try needs. */
export interface Sending {
  readonly request: UpstreamRequest;
  readonly upstreams: Upstreams;
  /** The way to the client, from the first byte that is passed on. */
  readonly inner: UpstreamListener;
  /** Whether to keep an answer to oneself. */
  readonly judge: (answer: HeldAnswer) => Promise<boolean>;
  /** Whether a failure before any answer is kept as well. */
  readonly keepsFailure: boolean;
  /** The request is under way. */
  readonly started: (call: UpstreamCall) => void;
}

/** Sends a request, and resolves once its answer begins to reach the client, or is kept. */
export function sendOnce({ request, upstreams, inner, judge, keepsFailure, started }: Sending): Promise<Sent> {
  return new Promise((resolve) => {
    let answered = false;
    const passed = (): void => resolve({ kind: 'passed' });
    const passing: UpstreamListener = {
      ...inner,
      answered: (status, reason, headers) => {
        answered = true;
        inner.answered(status, reason, headers);
        passed();
      },
      upgraded: (status, reason, headers, socket) => {
        inner.upgraded(status, reason, headers, socket);
        passed();
      },
      failed: (error) => {
        if (!answered && keepsFailure) {
          resolve({ kind: 'failed', error });
          return;
        }
        inner.failed(error);
        passed();
      },
    };
    const decide = async (answer: HeldAnswer): Promise<boolean> => {
      const keeps = await judge(answer);
      if (!keeps) return false;
      call.abort();
      resolve({ kind: 'kept', answer });
      return true;
    };
    const call = upstreams.call(
      request,
      holdBack(passing, decide, () => call.resume(), keepsFailure),
    );
    started(call);
  });
}

import { providerById } from '../../providers/index.ts';
import type { ResolvedApi } from '../parts.ts';
import type { PlainApi } from './workerMessages.ts';

/** An API as it goes to a worker. */
export function toPlain({ name, title, headers, timeouts, provider, upstream }: ResolvedApi): PlainApi {
  return { name, title, headers, timeouts, provider: provider?.id ?? null, upstream: upstream.href };
}

/** And as the worker serves it: none of its calls shows a key that would spend a stored credential. */
export function fromPlain({ provider, upstream, ...api }: PlainApi): ResolvedApi {
  return {
    ...api,
    provider: provider === null ? null : providerById(provider),
    upstream: new URL(upstream),
    credential: null,
  };
}

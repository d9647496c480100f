import type { ExchangeState, Failure, HeaderList } from '../../shared/exchange.ts';
import type { Inbound } from '../engine.ts';
import type { ExchangeTap } from '../exchangeTap.ts';
import type { ResolvedApi } from '../parts.ts';
import type { ProxyParts } from '../proxyParts.ts';

/** What the proxy lends to whoever makes one call of several tries. */
export interface Door {
  readonly parts: Pick<
    ProxyParts,
    'access' | 'admission' | 'budgets' | 'credentials' | 'finished' | 'guards' | 'lifecycle' | 'simulator' | 'upstreams'
  >;
  /** Begins an exchange. */
  tapOf(inbound: Inbound, api: ResolvedApi, path: string): ExchangeTap;
  /** Ends one; the first end counts. */
  finish(
    tap: ExchangeTap,
    api: ResolvedApi,
    state: Exclude<ExchangeState, 'open'>,
    failure?: Failure | null,
    trailers?: HeaderList,
  ): void;
}

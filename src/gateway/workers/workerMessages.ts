import type { GatewaySettings } from '../../shared/settings.ts';
import type { ResolvedApi } from '../parts.ts';

/** An API that a worker serves by itself, since nothing about its calls has to be known by all. */
export interface PlainApi extends Pick<ResolvedApi, 'name' | 'title' | 'headers' | 'timeouts'> {
  /** Its provider's id. */
  readonly provider: string | null;
  readonly upstream: string;
}

/** What workers go by. */
export interface WorkerState {
  readonly port: number;
  readonly token: string;
  readonly settings: GatewaySettings;
  /** Whether callers may have keys of their own, which only the gateway itself looks at. */
  readonly hasKeys: boolean;
  readonly apis: readonly PlainApi[];
}

/** What the gateway tells a worker. Each `turn` is answered on the pipe of events, behind those that came before. */
export type ToWorker =
  | { readonly kind: 'state'; readonly turn: number; readonly state: WorkerState }
  | { readonly kind: 'flush'; readonly turn: number }
  /** Comes with a connection's handle. */
  | { readonly kind: 'connection' }
  /** Bytes that wait to be recorded, in memory and in all. */
  | { readonly kind: 'backlog'; readonly backlog: number; readonly waiting: number }
  /** Calls under way have so many milliseconds to end. */
  | { readonly kind: 'close'; readonly patience: number };

/** How a call ended, for the counts of its API. */
export type FinishedCall = readonly [api: string, status: number | null, failed: boolean];

/** What a worker tells the gateway. */
export type FromWorker =
  /** Comes with the handle of a connection whose next request is not for a worker; `rest` is what was read, in base64. */
  | { readonly kind: 'back'; readonly rest: string; readonly served: number }
  | { readonly kind: 'finished'; readonly calls: readonly FinishedCall[] }
  /** So many calls came faster than they could be recorded. */
  | { readonly kind: 'leftOut'; readonly count: number };

/** The descriptor of the pipe of events in a worker. */
export const eventsDescriptor = 4;

import type { Exchange, ExchangeId, ExchangeSummary } from './exchange.ts';
import type { ExchangePage, ExchangeQuery, Side } from './protocol.ts';

/** A body as the panel gets it: text where it is text, base64 where not. */
export interface PanelBody {
  readonly text: string | null;
  readonly base64: string | null;
  readonly size: number;
  readonly truncated: boolean;
  readonly contentType: string | null;
  readonly decodeError: string | null;
}

/** A fix that the panel can offer beside a finding; `id` is given back to `runFix`. */
export interface PanelFix {
  readonly id: string;
  readonly title: string;
}

/** What the log panel may ask of the extension. */
export interface PanelApi {
  exchanges(query: ExchangeQuery): Promise<ExchangePage>;
  exchange(id: ExchangeId): Promise<Exchange | null>;
  body(id: ExchangeId, side: Side): Promise<PanelBody | null>;
  /** Localised text for the finding and the fixes that apply to it. */
  fixes(id: ExchangeId): Promise<readonly PanelFix[]>;
  runFix(id: ExchangeId, fixId: string): Promise<void>;
  replay(id: ExchangeId): Promise<ExchangeId>;
  clear(): Promise<void>;
  exportHar(filter: string): Promise<void>;
  /** Opens the editor at the call site. */
  reveal(id: ExchangeId): Promise<void>;
  copy(text: string): Promise<void>;
}

/** What the extension tells the log panel. */
export interface PanelEvents {
  exchangesChanged: readonly ExchangeSummary[];
  cleared: null;
  /** Show this exchange, or only those that match this filter. */
  show: { readonly id: ExchangeId | null; readonly filter: string | null };
  /** The gateway went away or came back. */
  gateway: { readonly running: boolean };
}

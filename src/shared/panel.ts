import type { Exchange, ExchangeId, ExchangeSummary } from './exchange.ts';
import type { ProtoSchema } from './protoSchema.ts';
import type { ImportedSession } from './sessions.ts';
import type { ClientSide } from './stages.ts';
import type { TrendQuery, Trends } from './trends.ts';
import type { Troubleshooting } from './troubleshooting.ts';
import type { ExchangePage, ExchangeQuery, GroupQuery, LogGroup, Side } from './protocol.ts';

/** A body as the panel gets it: text where it is text, base64 where not. */
export interface PanelBody {
  readonly text: string | null;
  readonly base64: string | null;
  /** The bytes in base64, where the text alone would not give them back: another charset, invalid UTF-8, a BOM. */
  readonly exact?: string;
  readonly size: number;
  readonly truncated: boolean;
  readonly contentType: string | null;
  readonly decodeError: string | null;
  /** How to read it, where it is Protocol Buffers that a `.proto` file of the workspace declares. */
  readonly proto?: ProtoSchema;
}

/** A filter with a name. */
export interface SavedFilter {
  readonly name: string;
  readonly filter: string;
}

/** A fix that the panel can offer beside a finding; `id` is given back to `runFix`. */
export interface PanelFix {
  readonly id: string;
  readonly title: string;
}

/** What the panel is told when it opens or is restored. */
export interface PanelOpening {
  readonly running: boolean;
  /** What somebody wanted to see when the panel was opened; null for nothing in particular. */
  readonly show: PanelTarget | null;
  /** True where the workspace declares at least one API. */
  readonly configured: boolean;
  /** The files of calls that are open. */
  readonly sessions: readonly ImportedSession[];
}

/** Show this exchange, or only those that match this filter. */
export interface PanelTarget {
  readonly id: ExchangeId | null;
  readonly filter: string | null;
  /** Show the calls of this open file. */
  readonly session?: string;
  /** The tab of the details to open. */
  readonly tab?: PanelTab;
}

/** The tabs of the details. */
export const panelTabs = ['overview', 'request', 'response', 'timing', 'finding', 'troubleshoot'] as const;
export type PanelTab = (typeof panelTabs)[number];

/** What the panel's buttons can start in the editor with one call: each asks further there. */
export const panelActions = [
  ...(['copyRequestAs', 'editRequest', 'compareExchanges'] as const),
  ...(['openRequestBody', 'openResponseBody', 'saveRequestBody', 'saveResponseBody'] as const),
];
export type PanelAction = (typeof panelActions)[number];

/** What the panel's buttons can start in the editor. */
export type PanelCommand = 'startGateway' | 'addApi' | 'whyNothing';

/** What the log panel may ask of the extension. */
export interface PanelApi {
  /** The panel's first call; events follow. */
  open(): Promise<PanelOpening>;
  exchanges(query: ExchangeQuery): Promise<ExchangePage>;
  groups(query: GroupQuery): Promise<readonly LogGroup[]>;
  trends(query: TrendQuery): Promise<Trends>;
  /** Opens the editor at a line of code, which counts from 1. */
  revealLine(file: string, line: number): Promise<void>;
  /** The filters of this workspace that have a name. */
  savedFilters(): Promise<readonly SavedFilter[]>;
  /** Asks for a name, and keeps the filter under it. */
  saveFilter(filter: string): Promise<readonly SavedFilter[]>;
  forgetFilter(name: string): Promise<readonly SavedFilter[]>;
  exchange(id: ExchangeId): Promise<Exchange | null>;
  /** The client's sides are there where `Exchange.stages` is. */
  body(id: ExchangeId, side: Side | ClientSide): Promise<PanelBody | null>;
  /** Localised text for the finding and the fixes that apply to it. */
  fixes(id: ExchangeId): Promise<readonly PanelFix[]>;
  runFix(id: ExchangeId, fixId: string): Promise<void>;
  replay(id: ExchangeId): Promise<ExchangeId>;
  clear(): Promise<void>;
  exportHar(filter: string): Promise<void>;
  /** Asks where to, and writes a session file. */
  saveSession(filter: string): Promise<void>;
  /** Asks which file, and opens its calls. */
  openSession(): Promise<void>;
  closeSession(id: string): Promise<void>;
  /** A piece of a dropped file, in base64; with the last the file is opened. */
  dropFile(name: string, piece: string, isLast: boolean): Promise<void>;
  /** Opens the editor at the call site. */
  reveal(id: ExchangeId): Promise<void>;
  copy(text: string): Promise<void>;
  /** Puts a redacted report of the exchange on the clipboard. */
  copyReport(id: ExchangeId): Promise<void>;
  /** The checklist of an exchange as far as it is known, in the editor's language; null before anybody asked. */
  troubleshooting(id: ExchangeId): Promise<Troubleshooting | null>;
  /** Walks the five steps anew. Events tell of each that is done. */
  troubleshoot(id: ExchangeId): Promise<void>;
  /** Does what a button of the checklist says. */
  stepAction(id: ExchangeId, actionId: string): Promise<void>;
  /** Starts something with one call. */
  act(id: ExchangeId, action: PanelAction): Promise<void>;
  command(name: PanelCommand): Promise<void>;
}

/** What the extension tells the log panel. */
export interface PanelEvents {
  exchangesChanged: readonly ExchangeSummary[];
  cleared: null;
  sessions: readonly ImportedSession[];
  troubleshooting: Troubleshooting;
  show: PanelTarget;
  /** The gateway went away or came back. */
  gateway: { readonly running: boolean };
}

import { logGroupings, logOrders } from '../../src/shared/protocol.ts';
import type { GroupQuery, LogSort } from '../../src/shared/protocol.ts';
import { trendGroupings, trendRangeNames } from '../../src/shared/trends.ts';
import type { TrendGrouping, TrendRange } from '../../src/shared/trends.ts';

/** What the panel can show as a whole. */
export const panelViews = ['log', 'trends'] as const;

/** What the panel remembers while hidden and over reloads. */
export interface PanelState {
  /** One of `panelViews`, or the id of an open file of calls. */
  readonly view: string;
  readonly trendRange: TrendRange;
  readonly trendBy: TrendGrouping;
  readonly filter: string;
  readonly live: boolean;
  readonly selected: string | null;
  readonly detailOpen: boolean;
  readonly tab: string;
  /** Whether the headers of a message are unfolded. */
  readonly headersOpen: boolean;
  /** Columns that are shown, in their order; null for those that fit, in the usual order. */
  readonly columns: readonly string[] | null;
  readonly sort: LogSort | null;
  /** What the list is grouped by; null for a plain list. */
  readonly group: GroupQuery['by'] | null;
  /** Widths in pixels of the columns that were resized, by column. */
  readonly widths: Readonly<Record<string, number>>;
  /** The detail pane's share of the panel, from 0 to 1, beside and below the table. */
  readonly share: { readonly side: number; readonly bottom: number };
}

export const firstState: PanelState = {
  view: 'log',
  trendRange: '24h',
  trendBy: 'all',
  filter: '',
  live: true,
  selected: null,
  detailOpen: false,
  tab: 'overview',
  headersOpen: true,
  columns: null,
  sort: null,
  group: null,
  widths: {},
  share: { side: 0.45, bottom: 0.5 },
};

/** Whether a view shows the calls of an open file. */
export function isFile(view: string): boolean {
  return view !== 'log' && view !== 'trends';
}

/** Reads a saved state; what is missing or odd, as after an update, is as at first. */
export function parsePanelState(saved: unknown): PanelState {
  if (!isRecord(saved)) return firstState;
  const share = isRecord(saved.share) ? saved.share : {};
  const widths = isRecord(saved.widths) ? saved.widths : {};
  return {
    view: typeof saved.view === 'string' ? saved.view : firstState.view,
    trendRange: trendRangeNames.find((one) => one === saved.trendRange) ?? firstState.trendRange,
    trendBy: trendGroupings.find((one) => one === saved.trendBy) ?? firstState.trendBy,
    filter: typeof saved.filter === 'string' ? saved.filter : firstState.filter,
    live: typeof saved.live === 'boolean' ? saved.live : firstState.live,
    selected: typeof saved.selected === 'string' ? saved.selected : null,
    detailOpen: saved.detailOpen === true,
    tab: typeof saved.tab === 'string' ? saved.tab : firstState.tab,
    headersOpen: saved.headersOpen !== false,
    columns: Array.isArray(saved.columns)
      ? saved.columns.filter((one): one is string => typeof one === 'string')
      : null,
    sort: sortOf(saved.sort),
    group: logGroupings.find((one) => one === saved.group) ?? null,
    widths: Object.fromEntries(
      Object.entries(widths).filter((entry): entry is [string, number] => isWithin(entry[1], 20, 4000)),
    ),
    share: {
      side: isWithin(share.side, 0.1, 0.9) ? share.side : firstState.share.side,
      bottom: isWithin(share.bottom, 0.1, 0.9) ? share.bottom : firstState.share.bottom,
    },
  };
}

function sortOf(saved: unknown): LogSort | null {
  if (!isRecord(saved)) return null;
  const by = logOrders.find((one) => one === saved.by);
  return by === undefined ? null : { by, descending: saved.descending === true };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isWithin(value: unknown, least: number, most: number): value is number {
  return typeof value === 'number' && value >= least && value <= most;
}

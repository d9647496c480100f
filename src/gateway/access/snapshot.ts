import type { KeyRow, SubscriptionRow } from './rows.ts';

/** Subscriptions and keys as calls are held against them: read at once, replaced whole, never changed. */
export interface AccessSnapshot {
  readonly revision: number;
  readonly subscriptions: ReadonlyMap<string, SubscriptionRow>;
  readonly keys: ReadonlyMap<string, KeyRow>;
  /** The subscription of an application to an API. */
  subscription(application: string, api: string): SubscriptionRow | null;
}

export function createSnapshot(
  revision: number,
  subscriptions: Iterable<SubscriptionRow>,
  keys: Iterable<KeyRow>,
): AccessSnapshot {
  const byId = new Map([...subscriptions].map((row) => [row.id, row]));
  const byPair = new Map([...byId.values()].map((row) => [`${row.application}\n${row.api}`, row]));
  return {
    revision,
    subscriptions: byId,
    keys: new Map([...keys].map((row) => [row.id, row])),
    subscription: (application, api) => byPair.get(`${application}\n${api}`) ?? null,
  };
}

/** The snapshot after rows were put into it. */
export function withRows(
  { revision, subscriptions, keys }: AccessSnapshot,
  change: { readonly subscriptions?: readonly SubscriptionRow[]; readonly keys?: readonly KeyRow[] },
): AccessSnapshot {
  const put = <Row extends { readonly id: string }>(
    before: ReadonlyMap<string, Row>,
    rows: readonly Row[] = [],
  ): Iterable<Row> => new Map([...before, ...rows.map((row) => [row.id, row] as const)]).values();
  return createSnapshot(revision + 1, put(subscriptions, change.subscriptions), put(keys, change.keys));
}

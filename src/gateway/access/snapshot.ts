import type { AccessChange, AccessState, KeyRow, SubscriptionRow, TeamTokenRow } from './rows.ts';

/** Subscriptions and keys as calls are held against them: read at once, replaced whole, never changed. */
export interface AccessSnapshot {
  readonly revision: number;
  readonly subscriptions: ReadonlyMap<string, SubscriptionRow>;
  readonly keys: ReadonlyMap<string, KeyRow>;
  readonly teamTokens: ReadonlyMap<string, TeamTokenRow>;
  /** The subscription of an application to an API. */
  subscription(application: string, api: string): SubscriptionRow | null;
}

export const emptyState: AccessState = { revision: 0, subscriptions: [], keys: [], teamTokens: [] };

export function createSnapshot({ revision, subscriptions, keys, teamTokens }: AccessState): AccessSnapshot {
  const byPair = new Map(subscriptions.map((row) => [`${row.application}\n${row.api}`, row]));
  return {
    revision,
    subscriptions: byId(subscriptions),
    keys: byId(keys),
    teamTokens: byId(teamTokens),
    subscription: (application, api) => byPair.get(`${application}\n${api}`) ?? null,
  };
}

/** The snapshot after rows were put into it. */
export function withRows(
  { revision, subscriptions, keys, teamTokens }: AccessSnapshot,
  change: Omit<AccessChange, 'audit'>,
): AccessSnapshot {
  const put = <Row extends { readonly id: string }>(
    before: ReadonlyMap<string, Row>,
    rows: readonly Row[] = [],
  ): readonly Row[] => [...new Map([...before, ...byId(rows)]).values()];
  return createSnapshot({
    revision: revision + 1,
    subscriptions: put(subscriptions, change.subscriptions),
    keys: put(keys, change.keys),
    teamTokens: put(teamTokens, change.teamTokens),
  });
}

function byId<Row extends { readonly id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row> {
  return new Map(rows.map((row) => [row.id, row]));
}

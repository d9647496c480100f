import { existsSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CallHistory } from '../../shared/callHistory.ts';
import { ChannelError } from '../../shared/channel.ts';
import type { Exchange, ExchangeId } from '../../shared/exchange.ts';
import type { BodyContent, ExchangePage, ExchangeQuery } from '../../shared/protocol.ts';
import type { TrendQuery, Trends } from '../../shared/trends.ts';
import { storeFileName, versionOf, waitForOthers } from './database.ts';
import type { BodySide } from './eventBatch.ts';
import { harPieces } from './har.ts';
import { createQueries, type Queries } from './queries.ts';
import { schemaVersion } from './schema.ts';

/** A store opened for reading only, also while a gateway writes to it. */
export interface Log {
  /** Fails with `bad_filter` and the reason. */
  exchanges(query: ExchangeQuery): ExchangePage;
  exchange(id: ExchangeId): Exchange | null;
  body(id: ExchangeId, side: BodySide): BodyContent | null;
  history(id: ExchangeId): CallHistory | null;
  /** Fails with `bad_trend_query`. */
  trends(query: TrendQuery): Trends;
  /** HAR 1.2, in pieces. Fails with `bad_filter`. */
  exportHar(filter: string): Iterable<string>;
  close(): void;
}

/**
 * Opens the store in a gateway's data folder. Fails with `no_log` where there is none, with `log_version` where another
 * version of Tollgate made it, and with `log_damaged` where it cannot be read.
 */
export function openLog(dataDirectory: string): Log {
  const { queries, close } = openLogQueries(dataDirectory);
  return {
    exchanges: (query) => queries.exchanges(query),
    exchange: (id) => queries.exchange(id),
    body: (id, side) => queries.body(id, side),
    history: (id) => queries.history(id),
    trends: (query) => queries.trends(query),
    exportHar: (filter) => harPieces(queries, filter),
    close,
  };
}

/** The same, for whoever asks all that a store can be asked. */
export function openLogQueries(dataDirectory: string): { readonly queries: Queries; readonly close: () => void } {
  const file = path.join(dataDirectory, storeFileName);
  if (!existsSync(file))
    throw new ChannelError(
      'no_log',
      `There is no log in ${dataDirectory}. Record some calls first, or name its folder.`,
    );
  const database = openForReading(file);
  return { queries: createQueries(database), close: () => database.close() };
}

function openForReading(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    waitForOthers(database);
    const version = versionOf(database);
    if (version === schemaVersion) return database;
    const advice =
      version > schemaVersion ? 'Update Tollgate to read it.' : 'Start the gateway once to bring it up to date.';
    throw new ChannelError('log_version', `The log ${file} was made by another version of Tollgate. ${advice}`);
  } catch (error) {
    database.close();
    if (error instanceof ChannelError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    const advice = 'The next start of the gateway sets it aside and begins a new one.';
    throw new ChannelError('log_damaged', `The log ${file} cannot be read (${reason}). ${advice}`, { cause: error });
  }
}

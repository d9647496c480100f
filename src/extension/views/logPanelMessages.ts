import { ChannelError } from '../../shared/channel.ts';
import type { ExchangeId } from '../../shared/exchange.ts';
import { panelActions } from '../../shared/panel.ts';
import type { PanelAction, PanelCommand } from '../../shared/panel.ts';
import { logGroupings, logOrders } from '../../shared/protocol.ts';
import type { ClientSide } from '../../shared/stages.ts';
import { isTrendQuery, trendGroupings } from '../../shared/trends.ts';
import type { TrendQuery } from '../../shared/trends.ts';
import type { ExchangeQuery, GroupQuery, LogSort, Side } from '../../shared/protocol.ts';

const longest = 1_000_000;
const mostRows = 1000;

/** Fails with `bad_message`, as all of these. */
export function string(value: unknown): string {
  if (typeof value !== 'string' || value.length > longest) throw badMessage();
  return value;
}

/** Parses what the page sent. */
export function exchangeId(value: unknown): ExchangeId {
  return string(value) as ExchangeId;
}

/** Parses what the page sent. */
export function sideOf(value: unknown): Side | ClientSide {
  const side = (['request', 'response', 'clientRequest', 'clientResponse'] as const).find((one) => one === value);
  if (side === undefined) throw badMessage();
  return side;
}

/** Parses what the page sent. */
export function action(value: unknown): PanelAction {
  const known = panelActions.find((name) => name === value);
  if (known === undefined) throw badMessage();
  return known;
}

/** Parses what the page sent. */
export function command(value: unknown): PanelCommand {
  if (value !== 'startGateway' && value !== 'addApi' && value !== 'whyNothing') throw badMessage();
  return value;
}

/** Parses what the page sent. */
export function exchangeQuery(value: unknown): ExchangeQuery {
  if (typeof value !== 'object' || value === null) throw badMessage();
  const { filter, before, offset, limit, sort, total, session } = value as Record<string, unknown>;
  return {
    filter: string(filter),
    limit: Math.min(count(limit), mostRows),
    ...(before === undefined ? {} : { before: count(before) }),
    ...(offset === undefined ? {} : { offset: count(offset) }),
    ...(sort === undefined ? {} : { sort: sortOf(sort) }),
    ...(total === false ? { total } : {}),
    ...(session === undefined ? {} : { session: string(session) }),
  };
}

/** Parses what the page sent. */
export function count(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) throw badMessage();
  return value;
}

function badMessage(): ChannelError {
  return new ChannelError('bad_message', 'The log panel sent something that it should not have.');
}

function sortOf(value: unknown): LogSort {
  if (typeof value !== 'object' || value === null) throw badMessage();
  const { by, descending } = value as Record<string, unknown>;
  const order = logOrders.find((one) => one === by);
  if (order === undefined) throw badMessage();
  return { by: order, descending: descending === true };
}

/** Parses what the page sent. */
export function groupQuery(value: unknown): GroupQuery {
  if (typeof value !== 'object' || value === null) throw badMessage();
  const { filter, by, session, from, before } = value as Record<string, unknown>;
  const grouping = logGroupings.find((one) => one === by);
  if (grouping === undefined) throw badMessage();
  return {
    filter: string(filter),
    by: grouping,
    ...(session === undefined ? {} : { session: string(session) }),
    ...(from === undefined ? {} : { from: count(from) }),
    ...(before === undefined ? {} : { before: count(before) }),
  };
}

/** Parses what the page sent. */
export function trendQuery(value: unknown): TrendQuery {
  if (typeof value !== 'object' || value === null) throw badMessage();
  const { since, until, step, by } = value as Record<string, unknown>;
  const grouping = trendGroupings.find((one) => one === by);
  if (grouping === undefined) throw badMessage();
  const query = { since: count(since), until: count(until), step: count(step), by: grouping };
  if (!isTrendQuery(query)) throw badMessage();
  return query;
}

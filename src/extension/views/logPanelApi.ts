import type * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { Exchange, ExchangeId, ExchangeSummary } from '../../shared/exchange.ts';
import type { PanelAction, PanelApi, PanelFix, PanelTarget, SavedFilter } from '../../shared/panel.ts';
import type { GatewayApi, Side } from '../../shared/protocol.ts';
import type { ProtoSchema } from '../../shared/protoSchema.ts';
import type { ClientSide } from '../../shared/stages.ts';
import { plain, text, type Text } from '../../shared/text.ts';
import type { Troubleshooting } from '../../shared/troubleshooting.ts';
import { createDroppedFile } from '../droppedFile.ts';
import type { ImportedSession } from '../../shared/sessions.ts';
import { toPanelBody } from '../../shared/panelBody.ts';
import {
  action,
  command,
  count,
  exchangeId,
  exchangeQuery,
  groupQuery,
  sideOf,
  string,
  trendQuery,
} from './logPanelMessages.ts';

/** What the log panel needs from the rest of the extension. */
export interface LogPanelDependencies {
  /** The running gateway, or null while there is none. */
  readonly gateway: () => Pick<
    GatewayApi,
    'exchanges' | 'groups' | 'trends' | 'sessions' | 'closeSession' | 'exchange' | 'body' | 'replay'
  > | null;
  /** New and changed rows, oldest first, as the gateway batches them. */
  readonly onRows: vscode.Event<readonly ExchangeSummary[]>;
  readonly onCleared: vscode.Event<void>;
  /** Fires when the gateway came up or went away. */
  readonly onGatewayChanged: vscode.Event<{ readonly running: boolean }>;
  /** True where `tollgate.jsonc` declares at least one API. */
  readonly configured: () => boolean;
  /** What was found out about the account that the exchange is paid from; null before anybody asked. */
  readonly account: (exchange: ExchangeSummary) => string | null;
  /** How the workspace's `.proto` files say that a body is to be read; null where they do not. */
  readonly protoFor: (
    id: ExchangeId,
    side: Side | ClientSide,
    contentType: string | null,
  ) => Promise<ProtoSchema | null>;
  readonly fixes: (exchange: ExchangeSummary) => Promise<readonly PanelFix[]>;
  readonly runFix: (exchange: ExchangeSummary, fixId: string) => Promise<void>;
  /** Opens the editor at the call site. */
  readonly reveal: (exchange: ExchangeSummary) => Promise<void>;
  readonly revealLine: (file: string, line: number) => Promise<void>;
  readonly copyReport: (exchange: Exchange) => Promise<void>;
  /** Asks where to, and writes the HAR there. */
  readonly exportHar: (filter: string) => Promise<void>;
  readonly saveSession: (filter: string) => Promise<void>;
  /** Null asks which. */
  readonly openSession: (file: string | null) => Promise<void>;
  readonly onSessions: vscode.Event<readonly ImportedSession[]>;
  /** The filters of this workspace that have a name. */
  readonly savedFilters: SavedFilters;
  /** Asks whether to, and clears the log. */
  readonly clear: () => Promise<void>;
  /** What is known of an exchange's five steps. */
  readonly troubleshooting: (exchange: ExchangeSummary) => Troubleshooting | null;
  readonly onTroubleshooting: vscode.Event<Troubleshooting>;
  readonly troubleshoot: (exchange: ExchangeSummary) => Promise<unknown>;
  readonly stepAction: (exchange: ExchangeSummary, actionId: string) => Promise<void>;
  readonly act: (id: ExchangeId, action: PanelAction) => Promise<void>;
  readonly startGateway: () => Promise<void>;
  readonly addApi: () => Promise<void>;
  readonly whyNothing: () => Promise<void>;
}

/** Filters with names, kept for the workspace. */
export interface SavedFilters {
  list(): readonly SavedFilter[];
  /** Asks for a name. */
  save(filter: string): Promise<void>;
  forget(name: string): Promise<void>;
}

/** What only the panel itself can answer. */
export interface LogPanelHost {
  /** The target somebody asked for before the page was there; asking takes it. */
  readonly takeTarget: () => PanelTarget | null;
  readonly copy: (text: string) => Promise<void>;
  readonly translate: (text: Text) => Text;
}

/** The extension's side of the panel. Whatever the page sends is checked here. */
export function createPanelApi(dependencies: LogPanelDependencies, host: LogPanelHost): PanelApi {
  const gateway = (): NonNullable<ReturnType<LogPanelDependencies['gateway']>> => {
    const running = dependencies.gateway();
    if (running === null) throw new ChannelError('gateway_stopped', 'The gateway is not running.');
    return running;
  };
  const found = async (id: unknown): Promise<Exchange> => {
    const exchange = await gateway().exchange(exchangeId(id));
    if (exchange === null) throw new ChannelError('not_found', 'This call is no longer in the log.');
    return exchange;
  };
  const dropped = createDroppedFile();
  const translated = <Row extends ExchangeSummary>(row: Row): Row => translateRow(row, host.translate);

  return {
    open: async () => ({
      running: dependencies.gateway() !== null,
      show: host.takeTarget(),
      configured: dependencies.configured(),
      sessions: (await dependencies.gateway()?.sessions()) ?? [],
    }),
    exchanges: async (query) => {
      const page = await gateway().exchanges(exchangeQuery(query));
      return { ...page, rows: page.rows.map(translated) };
    },
    groups: (query) => gateway().groups(groupQuery(query)),
    trends: (query) => gateway().trends(trendQuery(query)),
    revealLine: (file, line) => dependencies.revealLine(string(file), count(line)),
    savedFilters: () => Promise.resolve(dependencies.savedFilters.list()),
    saveFilter: async (filter) => {
      await dependencies.savedFilters.save(string(filter));
      return dependencies.savedFilters.list();
    },
    forgetFilter: async (name) => {
      await dependencies.savedFilters.forget(string(name));
      return dependencies.savedFilters.list();
    },
    exchange: async (id) => {
      const exchange = await gateway().exchange(exchangeId(id));
      return exchange === null ? null : withAccount(translated(exchange), dependencies.account(exchange));
    },
    body: async (id, side) => {
      const body = await gateway().body(exchangeId(id), sideOf(side));
      if (body === null) return null;
      const proto = await dependencies.protoFor(exchangeId(id), sideOf(side), body.contentType);
      return { ...toPanelBody(body), ...(proto === null ? {} : { proto }) };
    },
    fixes: async (id) => dependencies.fixes(await found(id)),
    runFix: async (id, fixId) => dependencies.runFix(await found(id), string(fixId)),
    replay: (id) => gateway().replay(exchangeId(id)),
    clear: () => dependencies.clear(),
    exportHar: (filter) => dependencies.exportHar(string(filter)),
    saveSession: (filter) => dependencies.saveSession(string(filter)),
    openSession: () => dependencies.openSession(null),
    closeSession: (id) => gateway().closeSession(string(id)),
    dropFile: async (name, piece, isLast) => {
      const file = await dropped.add(string(name), string(piece), isLast);
      if (file === null) return;
      try {
        await dependencies.openSession(file);
      } finally {
        await dropped.remove();
      }
    },
    reveal: async (id) => dependencies.reveal(await found(id)),
    copy: (text) => host.copy(string(text)),
    copyReport: async (id) => dependencies.copyReport(await found(id)),
    troubleshooting: async (id) => {
      const known = dependencies.troubleshooting(await found(id));
      return known === null ? null : translateSteps(known, host.translate);
    },
    troubleshoot: async (id) => {
      await dependencies.troubleshoot(await found(id));
    },
    stepAction: async (id, actionId) => dependencies.stepAction(await found(id), string(actionId)),
    act: async (id, name) => dependencies.act((await found(id)).id, action(name)),
    command: (name) => dependencies[command(name)](),
  };
}

/** The row with its finding's sentence in the editor's language. */
export function translateRow<Row extends ExchangeSummary>(row: Row, translate: (text: Text) => Text): Row {
  if (row.diagnosis === null) return row;
  return { ...row, diagnosis: { ...row.diagnosis, summary: translate(row.diagnosis.summary) } };
}

/** The checklist in the editor's language. */
export function translateSteps(known: Troubleshooting, translate: (text: Text) => Text): Troubleshooting {
  return {
    ...known,
    conclusion: known.conclusion && translate(known.conclusion),
    steps: known.steps.map((step) => ({
      ...step,
      sentences: step.sentences.map(translate),
      facts: step.facts.map(({ name, value }) => ({ name: translate(name), value: translate(value) })),
      actions: step.actions.map((action) => ({ ...action, title: translate(action.title) })),
    })),
  };
}

/** The finding's sentence, and after it what was found out about the account. */
function withAccount(exchange: Exchange, account: string | null): Exchange {
  const { diagnosis } = exchange;
  if (diagnosis === null || account === null) return exchange;
  return { ...exchange, diagnosis: { ...diagnosis, summary: text('{0} {1}', plain(diagnosis.summary), account) } };
}

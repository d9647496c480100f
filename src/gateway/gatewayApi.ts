import { ChannelError } from '../shared/channel.ts';
import type { CacheApi } from '../shared/answerCache.ts';
import type { GatewayApi } from '../shared/protocol.ts';
import type { GatewaySettings } from '../shared/settings.ts';
import type { LifecycleApi } from '../shared/lifecycle.ts';
import { sessionOfExchange } from '../shared/sessions.ts';
import { plain, text } from '../shared/text.ts';
import type { Access } from './access.ts';
import type { AccessGate } from './access/openAccess.ts';
import { createModelsApi } from './ai/modelsApi.ts';
import type { AiGateway } from './ai/openAiDesk.ts';
import { verifyAccount, type AccountParts } from './account/verifyAccount.ts';
import type { ApiBoard } from './apiBoard.ts';
import type { CatalogueFile } from './catalogueFile.ts';
import type { Credentials, Recording, ResolvedApi } from './parts.ts';
import type { Prompts } from './prompts/openPrompts.ts';
import type { RouteDesk } from './modelRoutes/routeDesk.ts';
import { createRoutesApi } from './modelRoutes/routesApi.ts';
import { programEnvironment } from './programEnvironment.ts';
import type { Proxy } from './proxyParts.ts';
import type { CoolDowns } from './recourse/coolDowns.ts';
import { withAlternatives } from './recourse/entries.ts';
import { replay } from './replay.ts';
import type { Routes } from './route.ts';
import { sendRequest } from './sendRequest.ts';
import type { Sessions } from './sessions/openSessions.ts';
import type { Simulator } from './simulator.ts';
import type { BalanceChecks } from './warnings/balanceChecks.ts';

/** What the calls reach. */
export interface GatewayApiParts {
  readonly access: Access;
  readonly gate: Pick<AccessGate, 'api'>;
  readonly ai: AiGateway;
  readonly prompts: Pick<Prompts, 'api'>;
  readonly account: Pick<AccountParts, 'fetch' | 'environment'>;
  readonly balanceChecks: Pick<BalanceChecks, 'verified'>;
  readonly board: ApiBoard;
  readonly catalogue: CatalogueFile;
  readonly coolDowns: Pick<CoolDowns, 'end'>;
  readonly credentials: Credentials;
  readonly recording: Recording;
  readonly sessions: Sessions;
  readonly simulator: Pick<Simulator, 'plan'>;
  /** Finds APIs by `declared`, which fails with `unknown_api`. */
  lifecycleDesk(declared: (name: string) => ResolvedApi): LifecycleApi;
  apis(): ReadonlyMap<string, ResolvedApi>;
  aliases(): Routes['aliases'];
  readonly routeDesk: RouteDesk;
  cache(): CacheApi;
  configure(settings: GatewaySettings): void;
  cleared(): void;
  /** There is a newer list of models. */
  modelsChanged(): void;
  proxy(): Proxy;
  url(): string;
}

/** What one may ask of a running gateway. */
export function createGatewayApi(parts: GatewayApiParts): GatewayApi {
  const { recording, credentials, board } = parts;
  const declared = (name: string): ResolvedApi => {
    const api = parts.apis().get(name);
    if (api !== undefined) return api;
    throw new ChannelError('unknown_api', plain(text('There is no API "{0}" in tollgate.jsonc.', name)));
  };
  return {
    ...parts.lifecycleDesk(declared),
    ...parts.gate.api,
    ...parts.prompts.api,
    ...createModelsApi({ ...parts, ...parts.account, declared, changed: () => parts.modelsChanged() }),
    ...createRoutesApi(parts.routeDesk, () => parts.aliases()),
    cacheStats: () => parts.cache().cacheStats(),
    clearCache: (route) => parts.cache().clearCache(route),
    apis: () => Promise.resolve(board.list()),
    ...parts.sessions.reader(recording),
    ...parts.sessions.api,
    bodyFile: (id, side) => recording.bodyFile(id, side),
    openFindings: () => recording.openFindings(),
    history: (id) => recording.history(id),
    credentialLook: async (name) => credentials.look(declared(name)),
    replay: async (id) => {
      if (sessionOfExchange(id) !== null)
        throw new ChannelError(
          'read_only',
          plain(text('An imported call is not sent again. Edit and send it instead.')),
        );
      const replayed = await replay(id, recording, parts.apis(), parts.proxy());
      // Whoever asked looks it up next.
      await recording.flush();
      return replayed;
    },
    send: async (request) => {
      const sent = await sendRequest(request, parts.apis(), parts.url(), parts.proxy());
      await recording.flush();
      return sent;
    },
    clear: async () => {
      await recording.clear();
      board.clear();
      parts.cleared();
    },
    warnings: () => recording.warnings(),
    muteWarnings: (mute, muted) => recording.muteWarnings(mute, muted),
    spending: (query) => recording.spending(query),
    trends: (query) => recording.trends(query),
    exportHar: (filter) => recording.exportHar(filter),
    setRunning: async (name, running) => {
      board.setRunning(declared(name).name, running);
      return Promise.resolve();
    },
    refreshCredential: async (name) => credentials.refresh(declared(name)),
    allowDestination: async (name) => {
      for (const api of withAlternatives(declared(name))) credentials.allow(api);
      return Promise.resolve();
    },
    simulate: async (name, plan) => {
      parts.simulator.plan(declared(name), plan);
      return Promise.resolve();
    },
    verifyAccount: async (name, about) => {
      const call = typeof about === 'string' ? await recording.exchange(about) : (about ?? null);
      const report = await verifyAccount(declared(name), call, { ...parts.account, credentials });
      recording.noteAccount(report);
      parts.balanceChecks.verified(report);
      return report;
    },
    captureHealth: () => recording.captureHealth(),
    noteSessions: (sessions) => {
      recording.noteSessions(sessions);
      return Promise.resolve();
    },
    setSecret: (credentialName, secret) => {
      credentials.setSecret(credentialName, secret);
      parts.coolDowns.end(({ credential }) => credential === credentialName);
      return Promise.resolve();
    },
    configure: (settings) => {
      parts.configure(settings);
      return Promise.resolve();
    },
    problems: () => Promise.resolve(parts.catalogue.state.problems),
    programEnvironment: () =>
      Promise.resolve(programEnvironment(parts.url(), [...parts.apis().values()], parts.access, credentials)),
  };
}

import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import type { GatewayApi, GatewayEvents, GatewayHost, GatewayReady } from '../shared/protocol.ts';
import type { GatewayOptions, GatewaySettings } from '../shared/settings.ts';
import { createAccess } from './access.ts';
import { openAccess } from './access/openAccess.ts';
import { openAiDesk } from './ai/openAiDesk.ts';
import { ownPricesOf } from './ai/ownPrices.ts';
import { createApiBoard } from './apiBoard.ts';
import { createBudgets } from './budget/budgets.ts';
import { createAnswerCache, type AnswerCache } from './cache/answerCache.ts';
import { openCatalogueFile } from './catalogueFile.ts';
import { answerHealth, createControl } from './control.ts';
import { trustedFiles } from './certificates.ts';
import { openCredentials } from './credentials/openCredentials.ts';
import { createExchangeIds } from './exchangeIds.ts';
import type { Upstreams } from './engine.ts';
import { engineOf } from './engines.ts';
import { createGatewayApi } from './gatewayApi.ts';
import { authorityFolder } from './intercept/authorityFolder.ts';
import { withHttp2 } from './intercept/http2Upstreams.ts';
import { createInterception } from './intercept/interception.ts';
import { openLifecycle } from './lifecycle/openLifecycle.ts';
import { createListeners } from './listeners.ts';
import { listen } from './listen.ts';
import type { CaptureEvent, RedactionRules, ResolvedApi } from './parts.ts';
import { openPrompts } from './prompts/openPrompts.ts';
import { routedApis } from './modelRoutes/resolveModelRoutes.ts';
import { createGuards } from './guardrails/guards.ts';
import { createRouteDesk } from './modelRoutes/routeDesk.ts';
import { createProxy } from './proxy.ts';
import type { Routes } from './route.ts';
import { createRecourseBoard } from './recourse/board.ts';
import { withAlternatives } from './recourse/entries.ts';
import { openSessions } from './sessions/openSessions.ts';
import { createSimulator } from './simulator.ts';
import { createStateFile, tellUnwritten } from './stateFile.ts';
import { openRecording } from './store/recording.ts';
import { createUpstreamFetch } from './upstreamFetch.ts';
import { createCrew } from './workers/crew.ts';
import { createBalanceChecks } from './warnings/balanceChecks.ts';
import { noteBudgetsTo } from './warnings/noteBudgets.ts';

/** A gateway that listens. */
export interface RunningGateway extends GatewayReady {
  /** What programs present to spend stored credentials. */
  readonly programKey: string;
  readonly api: GatewayApi;
  on<Name extends keyof GatewayEvents>(name: Name, listener: (value: GatewayEvents[Name]) => void): void;
  /** Takes no more calls, gives those under way so many milliseconds to end, and stores all that was recorded. */
  close(patience?: number): Promise<void>;
}

/**
 * Starts a gateway and wires its parts. Fails with a `ChannelError` (`port_taken`, `port_forbidden`) where it cannot
 * listen, and with Node's error where the data folder cannot be used.
 */
export async function startGateway(options: GatewayOptions, host: GatewayHost): Promise<RunningGateway> {
  const spool = path.join(options.dataDirectory, 'spool');
  await mkdir(spool, { recursive: true, mode: 0o700 });
  const catalogue = await openCatalogueFile(options.catalogueFile);
  const access = createAccess(options.token);
  const listeners = createListeners<GatewayEvents>();
  const newId = createExchangeIds();
  const crew = createCrew(options);

  let settings = options.settings;
  const engine = engineOf(options.environment);
  const connectUpstreams = (): Upstreams =>
    withHttp2(engine.createUpstreams(settings, options.environment), settings, options.environment);
  let upstreams = connectUpstreams();
  const upstreamFetch = createUpstreamFetch(() => settings, options.environment);
  const credentials = await openCredentials(options, host, upstreamFetch.fetch);
  const redaction = (): RedactionRules => ({
    headers: catalogue.state.redact?.headers ?? [],
    query: catalogue.state.redact?.query ?? [],
    patterns: [...(catalogue.state.redact?.patterns ?? []), ...settings.redactPatterns],
    values: [...credentials.values(), access.programKey, options.token].filter((value) => value !== ''),
  });
  let apis: ReadonlyMap<string, ResolvedApi> = new Map();
  let port = 0;
  const url = (): string => `http://127.0.0.1:${port}`;
  let aliases: Routes['aliases'] = new Map();
  let guards = createGuards({});
  const simulator = createSimulator(() => board.touch());
  const recourse = createRecourseBoard(() => board.touch());
  let answers: AnswerCache | null = null;
  const cache = (): AnswerCache => (answers ??= createAnswerCache(recording));
  const routeDesk = createRouteDesk(recourse.coolDowns, cache, () => board.touch());
  const ai = openAiDesk({
    ...{ dataDirectory: options.dataDirectory, credentials, fetch: upstreamFetch.fetch },
    routes: routeDesk,
  });
  const budgets = createBudgets(() => board.touch());
  const lifecycle = openLifecycle(options.catalogueFile, url, () => board.touch());
  const board = createApiBoard(url, { ai, credentials, simulator, recourse, lifecycle }, budgets, (all) =>
    listeners.tell('apisChanged', all),
  );

  const authorityDirectory = options.authorityDirectory ?? authorityFolder(process.env);
  const interception = createInterception({
    authorityDirectory,
    environment: options.environment,
    settings: () => settings,
    routes: () => routes(),
    handle: (inbound, reply) => proxy.handle(inbound, reply),
    tell: (message) => void process.stderr.write(`${message}\n`),
  });
  const stateFile = createStateFile(options.dataDirectory, {
    pid: process.pid,
    spool,
    trusts: trustedFiles(process.env),
  });
  const applyReach = async (): Promise<void> => {
    await interception.configure(settings.intercept, apis.values());
    if (port !== 0) await stateFile.write({ port, url: url(), ...interception.state });
  };

  const reachChanged = (): void => void applyReach().catch(tellUnwritten);

  const applyCatalogue = (): Promise<void> => {
    const { state } = catalogue;
    apis = new Map(state.apis.map((api) => [api.name, api]));
    guards = createGuards(state.guardrails);
    aliases = new Map(state.routes.map((one) => [one.name, one]));
    credentials.configure([...state.apis.flatMap(withAlternatives), ...routedApis(state.routes)]);
    const own = state.apis.flatMap(({ name, budget }) => (budget === undefined ? [] : [[name, budget] as const]));
    budgets.configure(Object.fromEntries(own), state.budget);
    board.configure(state.apis);
    return lifecycle.configure(state.apis);
  };
  await applyCatalogue();
  const recording = await openRecording({
    dataDirectory: options.dataDirectory,
    spool,
    settings,
    redaction: redaction(),
    ownPrices: ownPricesOf(apis),
  });
  const applyRedaction = (): void => recording.configure(settings, redaction(), ownPricesOf(apis));
  const sessions = openSessions({
    recording,
    options: () => ({
      ...{ dataDirectory: options.dataDirectory, redaction: redaction(), bodyLimit: settings.maxBodyBytes },
    }),
    onChanged: (changed) => listeners.tell('sessionsChanged', changed),
    onProgress: (progress) => listeners.tell('jobProgress', progress),
  });
  const configure = (next: GatewaySettings): void => {
    const before = settings;
    settings = next;
    applyRedaction();
    reachChanged();
    const route = ({ proxy, noProxy, strictSsl }: GatewaySettings): string =>
      JSON.stringify([proxy, noProxy, strictSsl]);
    if (route(before) === route(next)) return;
    void upstreams.close('whenIdle');
    upstreams = connectUpstreams();
    upstreamFetch.reset();
  };

  // What was cached before is read before the first call.
  if (catalogue.state.routes.some((one) => one.cache !== null)) await cache().cacheStats();
  const gate = await openAccess({
    ...{ dataDirectory: options.dataDirectory, catalogueFile: options.catalogueFile, catalogue },
    ...{ fetch: upstreamFetch.fetch, costMatters: (name) => budgets.costMatters(name) },
    isProgramKey: (value) => value === access.programKey,
    onChanged: (changed) => listeners.tell('accessChanged', changed),
    onProblem: (message) => void process.stderr.write(`${message}\n`),
  });
  const balanceChecks = createBalanceChecks({
    minutes: () => settings.warnings.balanceCheckMinutes,
    apis: () => apis,
    account: { fetch: upstreamFetch.fetch, credentials },
    board,
    recording,
  });
  const prompts = openPrompts({
    root: options.catalogueFile === null ? null : path.dirname(options.catalogueFile),
    ...{ ai, url, apis: () => apis, aliases: () => aliases, groups: (query) => recording.groups(query) },
    operator: () => ({ passages: proxy.operator, headers: [['Authorization', `Bearer ${access.programKey}`]] }),
    written: (run, text) => listeners.tell('promptWritten', { run, text }),
    said: (run, delta) => listeners.tell('chatWritten', { run, delta }),
  });
  const ownApi = createGatewayApi({
    prompts,
    access,
    gate,
    ai,
    balanceChecks,
    account: { fetch: upstreamFetch.fetch, environment: options.environment },
    board,
    coolDowns: recourse.coolDowns,
    catalogue,
    configure,
    credentials,
    recording,
    sessions,
    simulator,
    lifecycleDesk: (declared) => lifecycle.desk({ fetch: upstreamFetch.fetch, log: recording, api: declared }),
    apis: () => apis,
    aliases: () => aliases,
    routeDesk,
    cache,
    cleared: () => listeners.tell('cleared', null),
    modelsChanged: () => {
      board.touch();
      applyRedaction();
    },
    proxy: () => proxy,
    url,
  });
  const api = crew.api(ownApi);
  const routes = (): Routes => ({ port, apis, stopped: board.stopped, aliases });
  const record = (event: CaptureEvent): void => recording.record(event);
  const proxy = createProxy({
    access,
    admission: gate.admission,
    ai,
    budgets,
    credentials,
    newId,
    prompts,
    simulator,
    recourse,
    lifecycle,
    routes,
    guards: () => guards,
    elsewhere: (inbound) => interception.route(inbound),
    upstreams: () => upstreams,
    record: () => (settings.capture ? record : null),
    control: createControl(access, api, gate),
    health: answerHealth,
    finished: (name, status, failed) => board.finished(name, status, failed),
  });

  catalogue.onChanged((state) => {
    void applyCatalogue();
    applyRedaction();
    reachChanged();
    listeners.tell('problemsChanged', state.problems);
  });
  credentials.onChanged(() => {
    applyRedaction();
    board.touch();
  });
  recording.onChanged((rows) => {
    board.diagnosed(rows);
    budgets.recorded(rows);
    gate.recorded(rows);
    listeners.tell('exchangesChanged', rows);
  });
  listeners.on('apisChanged', noteBudgetsTo(recording));
  recording.onWarnings((warnings) => listeners.tell('warningsChanged', warnings));
  recording.onProblem(({ message }) => void process.stderr.write(`${message}\n`));
  await budgets.open(recording);
  for (const { api: name, calls, newest } of await recording.totals()) board.restore(name, calls, newest);

  const screen = crew.screen(interception.screen);
  const server = engine.createServer((inbound, reply) => proxy.handle(inbound, reply), screen);
  const release = async (): Promise<void> => {
    for (const one of [catalogue, credentials, board, balanceChecks, recourse, lifecycle, budgets]) one.dispose();
    await crew.close();
    await Promise.all([upstreams.close('now'), upstreamFetch.close()]);
    await sessions.close();
    await recording.close();
    await gate.close();
  };
  try {
    await applyReach();
    port = await listen(server, options);
    await crew.start({
      ...{ port, recording, board, catalogue, listeners, simulator, lifecycle, gate },
      ...{ settings: () => settings, apis: () => apis },
    });
    // Whoever has the port can use it; a full disk is no reason to be of no use at all.
    await stateFile.write({ port, url: url(), ...interception.state }).catch(tellUnwritten);
  } catch (error) {
    await release();
    throw error;
  }

  let closing: Promise<void> | null = null;
  return {
    port,
    url: url(),
    stateFile: stateFile.file,
    programKey: access.programKey,
    api,
    on: listeners.on,
    close: (patience = 0) => {
      closing ??= stateFile
        .remove()
        .then(() => Promise.all([server.close(patience), crew.close(patience)]))
        .then(() => interception.close())
        .then(release);
      return closing;
    },
  };
}

import { ChannelError, openChannel, type Port } from '../shared/channel.ts';
import type { ExchangeId, ExchangeSummary } from '../shared/exchange.ts';
import type { GatewayApi, GatewayEvents, GatewayHost, GatewayProcess } from '../shared/protocol.ts';
import { startGateway, type RunningGateway } from './gateway.ts';

const batchMilliseconds = 50;
/** Rows that wait for a parent that takes nothing; beyond, the oldest are left to be asked for. */
const mostWaiting = 5000;

/**
 * Serves `GatewayProcess` to the parent that forked this process (with `serialization: 'advanced'`), and ends, all
 * stored, when the parent says so or goes away.
 */
export function serveParent(): void {
  let starting: Promise<RunningGateway> | null = null;
  const running = async (): Promise<RunningGateway> => {
    if (starting === null) throw new ChannelError('not_launched', 'The gateway process was not launched yet.');
    return starting;
  };
  const shutdown = async (): Promise<void> => {
    const gateway = await starting?.catch(() => null);
    await gateway?.close();
  };
  let ending = false;
  const end = (): void => {
    if (ending) return;
    ending = true;
    void shutdown().finally(() => process.exit(0));
  };

  /** Messages that the parent has not taken yet. */
  let unsent = 0;
  const line: Port = {
    // A parent that has just gone away is heard of by `disconnect`.
    post: (message) => {
      if (!process.connected) return;
      unsent++;
      process.send?.(message, () => unsent--);
    },
    onMessage: (listener) => void process.on('message', listener),
  };
  const channel = openChannel<GatewayProcess, GatewayHost, object, GatewayEvents>(line, {
    launch: async ({ options }) => {
      starting ??= startGateway(options, {
        secrets: () => channel.remote.secrets(),
        saveSecret: channel.remote.saveSecret,
      });
      const gateway = await starting;
      forwardEvents(
        gateway,
        (name, value) => channel.emit(name, value),
        () => unsent === 0,
      );
      const { port, url, stateFile } = gateway;
      return { port, url, stateFile };
    },
    shutdown: async () => {
      await shutdown();
      setTimeout(end, 20);
    },
    ...delegated(running),
  });
  process.on('disconnect', end).on('SIGTERM', end).on('SIGINT', end);
}

/** Each call goes to the gateway once that runs. */
function delegated(running: () => Promise<RunningGateway>): GatewayApi {
  const to =
    <Name extends keyof GatewayApi>(name: Name) =>
    async (...parameters: Parameters<GatewayApi[Name]>): Promise<never> => {
      const { api } = await running();
      return (await Reflect.apply(api[name], api, parameters)) as never;
    };
  return {
    access: to('access'),
    accessAudit: to('accessAudit'),
    requestSubscription: to('requestSubscription'),
    decideSubscription: to('decideSubscription'),
    issueKey: to('issueKey'),
    rotateKey: to('rotateKey'),
    revokeKey: to('revokeKey'),
    issueToken: to('issueToken'),
    validateAccess: to('validateAccess'),
    declare: to('declare'),
    undeclare: to('undeclare'),
    teamTokens: to('teamTokens'),
    issueTeamToken: to('issueTeamToken'),
    revokeTeamToken: to('revokeTeamToken'),
    exportAccess: to('exportAccess'),
    importAccess: to('importAccess'),
    apis: to('apis'),
    routes: to('routes'),
    resetRoutes: to('resetRoutes'),
    cacheStats: to('cacheStats'),
    clearCache: to('clearCache'),
    exchanges: to('exchanges'),
    groups: to('groups'),
    exchange: to('exchange'),
    body: to('body'),
    bodyFile: to('bodyFile'),
    openFindings: to('openFindings'),
    history: to('history'),
    credentialLook: to('credentialLook'),
    replay: to('replay'),
    send: to('send'),
    clear: to('clear'),
    warnings: to('warnings'),
    muteWarnings: to('muteWarnings'),
    spending: to('spending'),
    trends: to('trends'),
    sessions: to('sessions'),
    openSession: to('openSession'),
    closeSession: to('closeSession'),
    saveSession: to('saveSession'),
    cancelJob: to('cancelJob'),
    exportHar: to('exportHar'),
    verifyAccount: to('verifyAccount'),
    setRunning: to('setRunning'),
    refreshCredential: to('refreshCredential'),
    allowDestination: to('allowDestination'),
    simulate: to('simulate'),
    captureHealth: to('captureHealth'),
    noteSessions: to('noteSessions'),
    setSecret: to('setSecret'),
    configure: to('configure'),
    problems: to('problems'),
    programEnvironment: to('programEnvironment'),
    importDescription: to('importDescription'),
    checkDescription: to('checkDescription'),
    descriptionChanges: to('descriptionChanges'),
    publishDescription: to('publishDescription'),
    rollBackDescription: to('rollBackDescription'),
    deprecateVersion: to('deprecateVersion'),
    retireVersion: to('retireVersion'),
    prompts: to('prompts'),
    checkPrompt: to('checkPrompt'),
    runPrompt: to('runPrompt'),
    converse: to('converse'),
    cancelRun: to('cancelRun'),
    promptVersions: to('promptVersions'),
    models: to('models'),
    modelProviders: to('modelProviders'),
    localModels: to('localModels'),
    checkModels: to('checkModels'),
    modelsSource: to('modelsSource'),
    refreshModels: to('refreshModels'),
  };
}

type Emit = <Name extends keyof GatewayEvents>(name: Name, value: GatewayEvents[Name]) => void;

/**
 * Rows that change often within a batch cross the line once, as they are at its end. A parent that is slow gets them
 * in bigger batches: what it has not taken must not pile up here.
 */
function forwardEvents(gateway: RunningGateway, emit: Emit, isFree: () => boolean): void {
  const rows = new Map<ExchangeId, ExchangeSummary>();
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (rows.size > 0)
      emit(
        'exchangesChanged',
        [...rows.values()].sort((a, b) => a.number - b.number),
      );
    rows.clear();
  };
  const flushWhenFree = (): void => {
    if (isFree()) flush();
    else timer = setTimeout(flushWhenFree, batchMilliseconds);
  };
  gateway.on('exchangesChanged', (changed) => {
    for (const row of changed) rows.set(row.id, row);
    for (const id of rows.keys()) {
      if (rows.size <= mostWaiting) break;
      rows.delete(id);
    }
    timer ??= setTimeout(flushWhenFree, batchMilliseconds);
  });
  gateway.on('cleared', (value) => {
    flush();
    emit('cleared', value);
  });
  gateway.on('accessChanged', (value) => emit('accessChanged', value));
  gateway.on('apisChanged', (value) => emit('apisChanged', value));
  gateway.on('problemsChanged', (value) => emit('problemsChanged', value));
  gateway.on('sessionsChanged', (value) => emit('sessionsChanged', value));
  gateway.on('jobProgress', (value) => emit('jobProgress', value));
  gateway.on('warningsChanged', (value) => emit('warningsChanged', value));
  gateway.on('promptWritten', (value) => emit('promptWritten', value));
  gateway.on('chatWritten', (value) => emit('chatWritten', value));
}

import type { AccessApi, AccessEvents } from './accessApi.ts';
import type { AccountReport } from './account.ts';
import type { CacheApi } from './answerCache.ts';
import type { CallHistory } from './callHistory.ts';
import type { ApiSpending } from './budget.ts';
import type { CatalogueProblem } from './catalogue.ts';
import type { CredentialLook } from './credentialLook.ts';
import type { Exchange, ExchangeId, ExchangeSummary } from './exchange.ts';
import type { ApiLifecycle, LifecycleApi } from './lifecycle.ts';
import type { CaptureHealth, WindowSession } from './origin.ts';
import type { OutgoingRequest } from './outgoingRequest.ts';
import type { CredentialState, RefreshOutcome, Secret } from './secret.ts';
import type { RoutesApi } from './modelRoute.ts';
import type { ModelsApi } from './models.ts';
import type { PromptEvents, PromptsApi } from './prompts.ts';
import type { RecourseState } from './recourse.ts';
import type { ClientSide } from './stages.ts';
import type { RunningSimulation, SimulationPlan } from './simulation.ts';
import type { GatewayOptions, GatewaySettings } from './settings.ts';
import type { SessionsApi, SessionsEvents } from './sessions.ts';
import type { TrendQuery, Trends } from './trends.ts';
import type { Mute, WarningBoard } from './warning.ts';

/** Which body of an exchange: the upstream's; see `ClientSide` for the client's. */
export type Side = 'request' | 'response';

/** A body, decoded for display where that was possible. */
export interface BodyContent {
  /** Content with `Content-Encoding` undone; as stored where `decodeError` says why it could not be. */
  readonly bytes: Uint8Array;
  /** True where the store holds only a beginning. */
  readonly truncated: boolean;
  /** Bytes on the wire. */
  readonly size: number;
  readonly contentType: string | null;
  readonly decodeError: string | null;
}

/** A body in a file of its own, decoded and without secrets. */
export interface BodyFile {
  /** Absolute, on the gateway's machine. It goes when its call does. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** False where the file, too, holds only a beginning. */
  readonly whole: boolean;
}

/** A window onto the log. `filter` is in the filter language (see `filter.ts`); newest first. */
export interface ExchangeQuery {
  readonly filter: string;
  /** Rows with a smaller number than this; absent for the newest. */
  readonly before?: number;
  /** Matching rows to pass over first (after `before`), so that a list can be read from its middle. 0 by default. */
  readonly offset?: number;
  /** 0 asks for no rows, but for how many match with a smaller number than `before`. */
  readonly limit: number;
  /** Newest first by default. Another order is of all rows: `before` has no meaning in it. */
  readonly sort?: LogSort;
  /** An imported session by its id; absent for the log. */
  readonly session?: string;
  /** False leaves the counting out; `total` is then the number of rows returned. */
  readonly total?: false;
}

export interface ExchangePage {
  readonly rows: readonly ExchangeSummary[];
  /** All rows that match, not only those returned; without those below `uncounted`. */
  readonly total: number;
  /**
   * Present where looking through a big log was broken off to answer soon: what matches with a number below this is
   * not counted, nor among the rows where these are fewer than asked for.
   */
  readonly uncounted?: number;
}

/** What the log can be sorted by: its columns. */
export const logOrders = [
  ...([
    'number',
    'time',
    'method',
    'api',
    'url',
    'status',
    'cause',
    'line',
    'model',
    'duration',
    'cost',
    'size',
  ] as const),
];

/** An order of the log. What lacks the value comes last either way. */
export interface LogSort {
  readonly by: (typeof logOrders)[number];
  readonly descending: boolean;
}

/** What the log can be grouped by. */
export const logGroupings = [
  'api',
  'line',
  'cause',
  'trace',
  'model',
  'operation',
  'application',
  'program',
  'host',
] as const;

/** Which exchanges to group, and by what. */
export interface GroupQuery {
  readonly filter: string;
  /** An imported session by its id; absent for the log. */
  readonly session?: string;
  readonly by: (typeof logGroupings)[number];
  /** Only exchanges with numbers from this one on. */
  readonly from?: number;
  /** Only exchanges with smaller numbers, so that a big log is grouped by pieces. */
  readonly before?: number;
}

/** Exchanges that have something in common. */
export interface LogGroup {
  /** What they have in common; null for those that lack it. */
  readonly key: string | null;
  /** The filter term that finds them, and nothing else. */
  readonly term: string;
  readonly calls: number;
  /** Those with a finding. */
  readonly findings: number;
  readonly costUsd: number | null;
  readonly tokens: number;
  /** Milliseconds on the average; null where none has ended. */
  readonly duration: number | null;
  /** The number and the time of the newest, in milliseconds since 1970. */
  readonly newest: number;
  readonly newestAt: number;
}

/** What to add up. */
export interface SpendingQuery {
  /** In milliseconds since 1970. */
  readonly since: number;
  readonly by: 'api' | 'line' | 'model' | 'application';
  /** Only the calls to this API; all by default. */
  readonly api?: string;
  /** Only the calls with keys of these; all by default. */
  readonly applications?: readonly string[];
}

/** What calls to one API, from one line, to one model, or of one application have cost. It outlasts the log, which may be cleared. */
export interface Spending {
  /** The API's name or, for one that is not declared, its host; `file:line`; the model; the application. Null where that is unknown. */
  readonly key: string | null;
  /** All calls that ended, whether their cost is known or not; rehearsed ones do not count. */
  readonly calls: number;
  readonly costUsd: number;
  /** Input and output together. */
  readonly tokens: number;
  /** When the first and the last of them began, in milliseconds since 1970. */
  readonly firstAt: number;
  readonly lastAt: number;
}

/** One declared API, as the explorer shows it. */
export interface ApiStatus {
  readonly name: string;
  readonly title: string;
  readonly provider: string | null;
  /** The upstream's URL. */
  readonly upstream: string;
  /** `http://127.0.0.1:PORT/<api>`. */
  readonly url: string;
  readonly running: boolean;
  readonly calls: number;
  readonly lastStatus: number | null;
  readonly lastAt: number | null;
  /** Of the newest call: null before there is one. */
  readonly health: 'ok' | 'refused' | 'failing' | null;
  /** The name under which its credential is stored; null where it takes none. */
  readonly credentialName: string | null;
  readonly credentialType: 'key' | 'oauth2' | 'command' | null;
  readonly credential: CredentialState;
  readonly spending: ApiSpending;
  /** The refusal that is rehearsed here, or null. */
  readonly simulation: RunningSimulation | null;
  /** Null where it has neither queue nor fallback. */
  readonly recourse?: RecourseState | null;
  /** Absent where it has no description. */
  readonly lifecycle?: ApiLifecycle;
  /** How many chat models are known of it; absent where none is. */
  readonly models?: number;
}

/** Variables for programs: `TOLLGATE_URL`, base URLs, and keys where Tollgate holds the real one. */
export type ProgramEnvironment = Readonly<Record<string, string>>;

/** What one may ask of a gateway. Every call may fail with a `ChannelError` that carries a stable code. */
export interface GatewayApi extends LifecycleApi, ModelsApi, PromptsApi, AccessApi, RoutesApi, CacheApi, SessionsApi {
  apis(): Promise<readonly ApiStatus[]>;
  exchanges(query: ExchangeQuery): Promise<ExchangePage>;
  /** The biggest groups of the exchanges that match. */
  groups(query: GroupQuery): Promise<readonly LogGroup[]>;
  exchange(id: ExchangeId): Promise<Exchange | null>;
  /** Null where there is none; the client's sides are there where `Exchange.stages` is. */
  body(id: ExchangeId, side: Side | ClientSide): Promise<BodyContent | null>;
  /** Where the rest is of a body that is longer than what `body` gives at once; null where there is no more. */
  bodyFile(id: ExchangeId, side: Side): Promise<BodyFile | null>;
  /** The newest exchange of every place that has one with a diagnosis and none without since. */
  openFindings(): Promise<readonly ExchangeSummary[]>;
  /** What else was called at the API of an exchange, in the day before it. Null where it is no longer stored. */
  history(id: ExchangeId): Promise<CallHistory | null>;
  /** What the stored credential of an API tells about itself; null where there is none in hand. */
  credentialLook(api: string): Promise<CredentialLook | null>;
  /** Sends it again with the stored credential and what was redacted left out; resolves once it is answered. */
  replay(id: ExchangeId): Promise<ExchangeId>;
  /** Sends a request that somebody wrote; resolves once it is answered. Fails with `bad_request` or `api_missing`. */
  send(request: OutgoingRequest): Promise<ExchangeId>;
  clear(): Promise<void>;
  /** What is about to happen. */
  warnings(): Promise<WarningBoard>;
  /** Says whether warnings of that API and kind are wanted. Muted ones are still on the board, and marked. */
  muteWarnings(mute: Mute, muted: boolean): Promise<void>;
  /** What calls have cost, dearest first. */
  spending(query: SpendingQuery): Promise<readonly Spending[]>;
  /** What calls came to over time, from sums that outlast them. Fails with `bad_trend_query`. */
  trends(query: TrendQuery): Promise<Trends>;
  /** HAR 1.2 of the exchanges that match, as text. */
  exportHar(filter: string): Promise<string>;
  setRunning(api: string, running: boolean): Promise<void>;
  refreshCredential(api: string): Promise<RefreshOutcome>;
  /** Agrees that the API's credential goes where the configuration leads it now. Fails with `unknown_api`. */
  allowDestination(api: string): Promise<void>;
  /**
   * Lets calls to an API be refused as its vendor would, without the upstream being touched; null ends that. Fails with
   * `unknown_api`, `simulation_unknown` or `simulation_invalid`.
   */
  simulate(api: string, plan: SimulationPlan | null): Promise<void>;
  /**
   * Asks the vendor what the account has left, with the stored credential; within about 10 seconds. `about` is a
   * call, or names one in the log, to tell what that needs. These requests are not in the log.
   */
  verifyAccount(api: string, about?: ExchangeId | ExchangeSummary | null): Promise<AccountReport>;
  /** How recording fares, and whether preloads tell of lines. */
  captureHealth(): Promise<CaptureHealth>;
  /** Tells the terminals and tasks that an editor has now, so that calls can be filed under them. */
  noteSessions(sessions: readonly WindowSession[]): Promise<void>;
  /** Null forgets it. */
  setSecret(credentialName: string, secret: Secret | null): Promise<void>;
  configure(settings: GatewaySettings): Promise<void>;
  problems(): Promise<readonly CatalogueProblem[]>;
  programEnvironment(): Promise<ProgramEnvironment>;
}

/** What a gateway tells. Batched at the process line, about every 50 ms. */
export interface GatewayEvents extends AccessEvents, PromptEvents, SessionsEvents {
  /** New and changed rows, oldest first. */
  exchangesChanged: readonly ExchangeSummary[];
  /** Declared APIs, their health or credentials have changed: all of them, anew. */
  apisChanged: readonly ApiStatus[];
  problemsChanged: readonly CatalogueProblem[];
  warningsChanged: WarningBoard;
  cleared: null;
}

/** What a gateway asks of whoever started it. */
export interface GatewayHost {
  /** Every stored secret by credential name, for the start. */
  secrets(): Promise<Readonly<Record<string, Secret>>>;
  /** Keeps a rotated secret. The gateway goes on only after it is safe. */
  saveSecret(credentialName: string, secret: Secret): Promise<void>;
}

/** The child process's first words from its parent, and its answer. */
export interface GatewayLaunch {
  readonly options: GatewayOptions;
}
export interface GatewayReady {
  readonly port: number;
  readonly url: string;
  /** Absolute path of the file hooks read. */
  readonly stateFile: string;
}

/** What the child process that carries a gateway answers to: first `launch`, last `shutdown`. */
export interface GatewayProcess extends GatewayApi {
  launch(launch: GatewayLaunch): Promise<GatewayReady>;
  /** Stores all that was recorded; the process ends by itself afterwards, as it does when its parent goes away. */
  shutdown(): Promise<void>;
}

import type { AccountReport } from '../shared/account.ts';
import type { CallHistory } from '../shared/callHistory.ts';
import type { Budget } from '../shared/budget.ts';
import type { ApiDeclaration, CredentialDeclaration } from '../shared/catalogue.ts';
import type { Cause } from '../shared/finding.ts';
import type { CredentialLook } from '../shared/credentialLook.ts';
import type {
  Exchange,
  ExchangeId,
  ExchangeSummary,
  Failure,
  HeaderList,
  ExchangeState,
  Timing,
} from '../shared/exchange.ts';
import type {
  BodyContent,
  BodyFile,
  ExchangePage,
  ExchangeQuery,
  GroupQuery,
  LogGroup,
  Side,
  Spending,
  SpendingQuery,
} from '../shared/protocol.ts';
import type { OwnPrices } from '../shared/models.ts';
import type { CaptureHealth, WindowSession } from '../shared/origin.ts';
import type { CredentialPlacement, Provider } from '../shared/provider.ts';
import type { Attempt } from '../shared/recourse.ts';
import type { Change, ClientSide, StageHead } from '../shared/stages.ts';
import type { CredentialState, RefreshOutcome, Secret } from '../shared/secret.ts';
import type { GatewaySettings } from '../shared/settings.ts';
import type { TrendQuery, Trends } from '../shared/trends.ts';
import type { Mute, WarningBoard } from '../shared/warning.ts';
import type { AnswerKeeper } from './cache/answerCache.ts';
import type { EventBatch } from './store/eventBatch.ts';
import type { RecordingProblem } from './store/problem.ts';
import type { NotedBudget } from './warnings/warningDesk.ts';

/** One declared API with everything looked up: what `route` finds and `forward` follows. */
export interface ResolvedApi {
  readonly name: string;
  readonly title: string;
  readonly provider: Provider | null;
  readonly upstream: URL;
  /** The name under which its secret is stored, and how it works; null where the API takes none. */
  readonly credential: {
    readonly name: string;
    readonly declaration: CredentialDeclaration;
    readonly placement: CredentialPlacement;
    /** Whether its key is in no variable but a declared one: what the vendor's SDK reads is another account's. */
    readonly isSecond?: true;
  } | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Absent where it may spend what it likes. */
  readonly budget?: Budget;
  readonly timeouts: Required<NonNullable<{ [K in keyof NonNullable<ApiDeclaration['timeouts']>]-?: number }>>;
  /** Absent where every answer is passed on as it comes. */
  readonly recourse?: Recourse;
  /** How its models are spoken to, where the catalogue says so. */
  readonly ai?: NonNullable<ApiDeclaration['ai']>;
  /** The draft of its description, by its path from the folder of `tollgate.jsonc`; absent where none is declared. */
  readonly draft?: string;
  /** Whether calls have to be in its published description. */
  readonly strictRoutes?: true;
  /** Present where it stands in for a host that is not declared; calls to one that is `unread` leave no trace. */
  readonly undeclared?: 'recorded' | 'unread';
}

/** What the gateway itself does about a refusal. */
export interface Recourse {
  /** Seconds a call may wait in all, and how many may at a time; null where none waits. */
  readonly queue: { readonly maxWait: number; readonly maxQueued: number } | null;
  readonly fallback: readonly Alternative[];
}

/** What is tried in place of what was refused: the same API with another credential, or an API by its name. */
export type Alternative = { readonly on: readonly Cause[] } & (
  | { readonly kind: 'credential'; readonly api: ResolvedApi }
  | { readonly kind: 'api'; readonly name: string; readonly model: string | null; readonly path: string | null }
);

/** One try at a call, as the forwarding thread saw it. Raw, as all that it tells. */
export interface RawAttempt extends Omit<Attempt, 'cause'> {
  /** The refusal's head and its decoded text, for the diagnosis; null where there was none, or it was passed on. */
  readonly refusal: { readonly headers: HeaderList; readonly body: string | null } | null;
}

/** Where a request goes, and with which head. */
export interface RequestTarget {
  readonly api: string;
  readonly provider: string | null;
  /** The absolute upstream URL. */
  readonly url: string;
  /** Path and query as sent to the upstream. */
  readonly path: string;
  readonly headers: HeaderList;
  readonly credentialInjected: boolean;
  readonly simulated: boolean;
}

/**
 * What the forwarding thread tells the recording thread, raw and in order. Secrets are still in it, so it goes nowhere
 * else. Bytes are copied at once, so that they stay with whoever forwards them.
 */
export type CaptureEvent =
  | {
      readonly type: 'begin';
      readonly id: ExchangeId;
      readonly startedAt: number;
      readonly api: string | null;
      readonly provider: string | null;
      /** The absolute upstream URL. */
      readonly url: string;
      readonly method: string;
      /** Path and query as sent to the upstream. */
      readonly path: string;
      /** The request target as the client sent it, for joining call notes. */
      readonly clientPath: string;
      readonly httpVersion: string;
      /** As the client sent them: an injected credential is never among them. */
      readonly headers: HeaderList;
      readonly client: { readonly port: number; readonly ordinal: number };
      readonly credentialInjected: boolean;
      readonly replayOf: ExchangeId | null;
      /** True where the gateway answers in the vendor's stead, for a rehearsal. */
      readonly simulated: boolean;
      /** As in `GET /orders/{id} (getOrder)`; absent where no published description has it. */
      readonly operation?: string;
      /** Whose key or token the call showed. */
      readonly application?: string;
    }
  /** The request goes out anew, or elsewhere: what was told of it before counts no more. */
  | ({ readonly type: 'target'; readonly id: ExchangeId } & RequestTarget)
  | { readonly type: 'requestData'; readonly id: ExchangeId; readonly bytes: Uint8Array }
  /** The client's side, where that is not the upstream's. */
  | { readonly type: 'stage'; readonly id: ExchangeId; readonly head: StageHead }
  | { readonly type: `${ClientSide}Data`; readonly id: ExchangeId; readonly bytes: Uint8Array }
  | { readonly type: 'change'; readonly id: ExchangeId; readonly change: Change }
  | { readonly type: 'attempt'; readonly id: ExchangeId; readonly attempt: RawAttempt }
  | {
      readonly type: 'response';
      readonly id: ExchangeId;
      readonly status: number;
      readonly reason: string;
      readonly httpVersion: string;
      readonly headers: HeaderList;
    }
  | { readonly type: 'responseData'; readonly id: ExchangeId; readonly bytes: Uint8Array }
  | {
      readonly type: 'end';
      readonly id: ExchangeId;
      readonly state: Exclude<ExchangeState, 'open'>;
      readonly timing: Timing;
      readonly failure: Failure | null;
      readonly trailers: HeaderList;
      /** Bytes on the wire, whether they were passed on to be stored or not. */
      readonly requestSize: number;
      readonly responseSize: number;
    };

/** What the catalogue and the settings want redacted, beyond what always is. */
export interface RedactionRules {
  readonly headers: readonly string[];
  readonly query: readonly string[];
  /** Sources of regular expressions. */
  readonly patterns: readonly string[];
  /** Secrets in hand; wherever one of them stands, it is redacted. */
  readonly values: readonly string[];
}

/** The recording thread as the forwarding thread sees it: redacts, joins call sites, diagnoses, stores, answers. */
export interface Recording extends AnswerKeeper {
  /** Never waits and never throws. */
  record(event: CaptureEvent): void;
  /** Takes what another forwarding process has recorded. */
  add(batch: EventBatch): void;
  /** Such a process has died: what it had under way ends. */
  lost(worker: string): void;
  /** Bytes that wait to be recorded, in memory and in all. */
  behind(): { readonly backlog: number; readonly waiting: number };
  onChanged(listener: (rows: readonly ExchangeSummary[]) => void): void;
  /** Tells what goes wrong with recording, from the start on: a damaged store, a full disk, a bad pattern. */
  onProblem(listener: (problem: RecordingProblem) => void): void;
  exchanges(query: ExchangeQuery): Promise<ExchangePage>;
  groups(query: GroupQuery): Promise<readonly LogGroup[]>;
  exchange(id: ExchangeId): Promise<Exchange | null>;
  body(id: ExchangeId, side: Side | ClientSide): Promise<BodyContent | null>;
  bodyFile(id: ExchangeId, side: Side): Promise<BodyFile | null>;
  openFindings(): Promise<readonly ExchangeSummary[]>;
  history(id: ExchangeId): Promise<CallHistory | null>;
  /** Per API: how many calls are stored, and the newest. */
  totals(): Promise<readonly { readonly api: string; readonly calls: number; readonly newest: ExchangeSummary }[]>;
  spending(query: SpendingQuery): Promise<readonly Spending[]>;
  trends(query: TrendQuery): Promise<Trends>;
  exportHar(filter: string): Promise<string>;
  warnings(): Promise<WarningBoard>;
  onWarnings(listener: (board: WarningBoard) => void): void;
  muteWarnings(mute: Mute, muted: boolean): Promise<void>;
  /** How far budgets are spent. Never waits and never throws. */
  noteBudgets(budgets: readonly NotedBudget[]): void;
  /** What a vendor told of an account. Never waits and never throws. */
  noteAccount(report: AccountReport): void;
  captureHealth(): Promise<CaptureHealth>;
  /** The editor's terminals and tasks. Never waits and never throws. */
  noteSessions(sessions: readonly WindowSession[]): void;
  clear(): Promise<void>;
  configure(settings: GatewaySettings, redaction: RedactionRules, ownPrices?: OwnPrices): void;
  /** Resolves once all that was recorded is stored. */
  flush(): Promise<void>;
  /** Flushes and ends. */
  close(): Promise<void>;
}

/** What to put into an upstream request. */
export interface Injection {
  readonly placement: CredentialPlacement;
  readonly value: string;
}

/** Credentials of all declared APIs: knows their expiry, refreshes them, one refresh at a time each. */
export interface Credentials {
  /** After the catalogue changed. */
  configure(apis: readonly ResolvedApi[]): void;
  state(api: ResolvedApi): CredentialState;
  /**
   * The credential to inject, refreshed first where it has ended. Null where the API has none in hand.
   * Fails with a `ChannelError` (code `credential_unavailable`) that says what to do.
   */
  injection(api: ResolvedApi): Promise<Injection | null>;
  /** What the credential in hand tells about itself, without being renewed for it; null where there is none. */
  look(api: ResolvedApi): Promise<CredentialLook | null>;
  refresh(api: ResolvedApi): Promise<RefreshOutcome>;
  /** Agrees that the API’s credential goes where the configuration leads it now. */
  allow(api: ResolvedApi): void;
  /** Null forgets it. */
  setSecret(credentialName: string, secret: Secret | null): void;
  /** Every secret in hand, for redaction. */
  values(): readonly string[];
  onChanged(listener: () => void): void;
  dispose(): void;
}

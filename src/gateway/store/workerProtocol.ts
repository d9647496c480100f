import type { AccountReport } from '../../shared/account.ts';
import type { CallHistory } from '../../shared/callHistory.ts';
import type { ExchangeId, Exchange, ExchangeSummary } from '../../shared/exchange.ts';
import type { BodyContent, ExchangePage, ExchangeQuery } from '../../shared/protocol.ts';
import type { NotesSeen } from '../callSites/callNotes.ts';
import type { AnswerKeeper } from '../cache/answerCache.ts';
import type { CachedAnswer } from '../cache/cachedAnswer.ts';
import type { WindowSession } from '../../shared/origin.ts';
import type { OwnPrices } from '../../shared/models.ts';
import type { GatewaySettings } from '../../shared/settings.ts';
import type { WarningBoard } from '../../shared/warning.ts';
import type { Recording, RedactionRules } from '../parts.ts';
import type { NotedBudget } from '../warnings/warningDesk.ts';
import type { BodySide, EventBatch } from './eventBatch.ts';
import type { RecordingProblem } from './problem.ts';

/** What the recording thread is started with. */
export interface WorkerOptions {
  readonly dataDirectory: string;
  readonly spool: string;
  readonly settings: GatewaySettings;
  readonly redaction: RedactionRules;
  readonly ownPrices?: OwnPrices;
}

/** What the forwarding thread asks of the recording thread. */
export interface WorkerApi {
  exchanges(query: ExchangeQuery): Promise<ExchangePage>;
  groups: Recording['groups'];
  exchange(id: ExchangeId): Promise<Exchange | null>;
  body(id: ExchangeId, side: BodySide): Promise<BodyContent | null>;
  bodyFile: Recording['bodyFile'];
  openFindings(): Promise<readonly ExchangeSummary[]>;
  history(id: ExchangeId): Promise<CallHistory | null>;
  totals(): ReturnType<Recording['totals']>;
  spending: Recording['spending'];
  trends: Recording['trends'];
  exportHar(filter: string): Promise<string>;
  warnings: Recording['warnings'];
  muteWarnings: Recording['muteWarnings'];
  noteBudgets(budgets: readonly NotedBudget[]): Promise<void>;
  noteAccount(report: AccountReport): Promise<void>;
  notesSeen(): Promise<NotesSeen>;
  noteSessions(sessions: readonly WindowSession[]): Promise<void>;
  keptAnswers: AnswerKeeper['keptAnswers'];
  keepAnswer(answer: CachedAnswer): Promise<void>;
  dropAnswers(keys: readonly string[]): Promise<void>;
  clear(): Promise<void>;
  configure(settings: GatewaySettings, redaction: RedactionRules, ownPrices: OwnPrices): Promise<void>;
  flush(): Promise<void>;
  close(): Promise<void>;
}

/** What the recording thread tells. */
export interface WorkerEvents {
  /** Rows as JSON: parsing it costs the forwarding thread less than the clone of as many objects. */
  changed: string;
  problem: RecordingProblem;
  warningsChanged: WarningBoard;
  /** Bytes of a batch that has been worked off. */
  worked: number;
}

/** A batch on its way, beside the channel's own messages. */
export interface BatchMessage {
  readonly batch: EventBatch;
}

export function isBatchMessage(message: unknown): message is BatchMessage {
  return typeof message === 'object' && message !== null && 'batch' in message;
}

import * as vscode from 'vscode';
import type { AccessBoard } from '../shared/access.ts';
import type { AccountReport } from '../shared/account.ts';
import type { CatalogueProblem } from '../shared/catalogue.ts';
import type { ExchangeId, ExchangeSummary } from '../shared/exchange.ts';
import type { Finding } from '../shared/finding.ts';
import type { ApiStatus } from '../shared/protocol.ts';
import type { WarningBoard } from '../shared/warning.ts';
import { AccountBook } from './accountBook.ts';
import { calm } from './calm.ts';
import { FindingBook } from './findingBook.ts';
import type { Gateway } from './gatewayProcess.ts';
import { ProbableBook } from './probable/probableBook.ts';
import { withEditorPath } from './sourcePath.ts';
import { movedWarnings } from './warnings.ts';

/** Newest rows kept at hand, for pick lists; the log panel reads its own windows. */
const maxRows = 200;

/** Milliseconds between tellings of changed findings: a program in a loop must not make the editor flicker. */
const calmPeriod = 200;

const noAccess: AccessBoard = {
  ...{ teams: [], applications: [], plans: [], apis: [] },
  ...{ subscriptions: [], keys: [], limits: [], problem: null },
};

/** The one read model: what every view shows. Fed by the gateway's events, changed by nobody else. */
export class Traffic implements vscode.Disposable {
  readonly #book = new FindingBook();
  readonly #accounts = new AccountBook();
  /** Where findings without a line were probably made. */
  readonly probable = new ProbableBook();
  readonly #rows = new Map<ExchangeId, ExchangeSummary>();
  readonly #apisChanged = new vscode.EventEmitter<readonly ApiStatus[]>();
  readonly #findingsChanged = new vscode.EventEmitter<readonly Finding[]>();
  readonly #rowsChanged = new vscode.EventEmitter<readonly ExchangeSummary[]>();
  readonly #problemsChanged = new vscode.EventEmitter<readonly CatalogueProblem[]>();
  readonly #warningsChanged = new vscode.EventEmitter<WarningBoard>();
  readonly #accessChanged = new vscode.EventEmitter<AccessBoard>();
  readonly #cleared = new vscode.EventEmitter<void>();
  readonly #subscriptions: readonly vscode.Disposable[];
  readonly #gateway: Gateway;
  readonly #tellFindings = calm(calmPeriod, () => this.#findingsChanged.fire(this.findings));
  #apis: readonly ApiStatus[] = [];
  #problems: readonly CatalogueProblem[] = [];
  #warnings: WarningBoard = { warnings: [], mutes: [] };
  #access: AccessBoard = noAccess;

  readonly onDidChangeApis = this.#apisChanged.event;
  readonly onDidChangeFindings = this.#findingsChanged.event;
  /** New and changed rows, oldest first. */
  readonly onDidChangeRows = this.#rowsChanged.event;
  readonly onDidChangeProblems = this.#problemsChanged.event;
  readonly onDidChangeWarnings = this.#warningsChanged.event;
  readonly onDidChangeAccess = this.#accessChanged.event;
  /** The log was emptied. */
  readonly onDidClear = this.#cleared.event;

  constructor(gateway: Gateway) {
    this.#gateway = gateway;
    this.#subscriptions = [
      gateway.onDidChangeState(() => void this.#load()),
      gateway.onDidChangeExchanges((rows) => this.#take(rows)),
      gateway.onDidChangeApis((apis) => this.#setApis(apis)),
      gateway.onDidChangeProblems((problems) => this.#setProblems(problems)),
      gateway.onDidChangeWarnings((board) => this.#setWarnings(board)),
      gateway.onDidChangeAccess((board) => this.#setAccess(board)),
      gateway.onDidClear(() => this.#empty()),
      this.probable.onDidChange(() => this.#tellFindings()),
    ];
  }

  /** Declared APIs, in the order of `tollgate.jsonc`; none while no gateway runs. */
  get apis(): readonly ApiStatus[] {
    return this.#apis;
  }

  /** Open findings, newest first. */
  get findings(): readonly Finding[] {
    return this.#book.findings.map((finding) => this.probable.note(this.#accounts.note(finding)));
  }

  get problems(): readonly CatalogueProblem[] {
    return this.#problems;
  }

  /** What is about to happen, and what is muted. */
  get warnings(): WarningBoard {
    return this.#warnings;
  }

  /** Who may call what; empty while no gateway runs. */
  get access(): AccessBoard {
    return this.#access;
  }

  /** The newest rows, newest first. */
  get rows(): readonly ExchangeSummary[] {
    return [...this.#rows.values()].sort((a, b) => b.number - a.number);
  }

  api(name: string): ApiStatus | undefined {
    return this.#apis.find((api) => api.name === name);
  }

  finding(key: string): Finding | undefined {
    return this.findings.find((finding) => finding.key === key);
  }

  /** What was last found out about an API's account. */
  account(api: string): AccountReport | undefined {
    return this.#accounts.report(api);
  }

  /** What was found out about an account when somebody asked for the call of this finding; null where nobody did. */
  accountFor(finding: Finding): AccountReport | null {
    return this.#accounts.reportFor(finding);
  }

  /** An account was verified; `key` is that of the finding whose call it was asked for. */
  noteAccount(report: AccountReport, key: string | null): void {
    this.#accounts.file(report, key);
    this.#apisChanged.fire(this.#apis);
    const ofApi = this.#book.findings.filter(({ api }) => api === report.api);
    if (ofApi.length === 0) return;
    this.#tellFindings();
    this.#rowsChanged.fire(ofApi.flatMap(({ exchangeId }) => this.#rows.get(exchangeId) ?? []));
  }

  dismiss(key: string): void {
    if (this.#book.dismiss(key)) this.#tellFindings();
  }

  /** A file was saved with its lines moved. */
  moveLines(file: string, toLine: (line: number, column: number) => number): void {
    if (this.#book.moveLines(file, toLine)) this.#tellFindings();
    this.#setWarnings(movedWarnings(this.#warnings, file, toLine));
  }

  dispose(): void {
    for (const subscription of this.#subscriptions) subscription.dispose();
    for (const emitter of [this.#apisChanged, this.#findingsChanged, this.#rowsChanged]) emitter.dispose();
    this.#tellFindings.dispose();
    this.probable.dispose();
    this.#problemsChanged.dispose();
    this.#warningsChanged.dispose();
    this.#cleared.dispose();
  }

  /** What happened before a gateway came up is asked for; afterwards its events tell. */
  async #load(): Promise<void> {
    const { state } = this.#gateway;
    if (state.kind === 'stopped' || state.kind === 'failed') {
      this.#setApis([]);
      this.#setWarnings({ ...this.#warnings, warnings: [] });
      return;
    }
    if (state.kind !== 'running') return;
    try {
      const { api } = this.#gateway;
      const [apis, problems, refused, newest, warnings, access] = await Promise.all([
        api.apis(),
        api.problems(),
        api.openFindings(),
        api.exchanges({ filter: '', limit: 50 }),
        api.warnings(),
        api.access(),
      ]);
      this.#setApis(apis);
      this.#setProblems(problems);
      this.#setWarnings(warnings);
      this.#setAccess(access);
      for (const row of newest.rows.toReversed()) this.#keep(row);
      if (this.#book.file(refused.map(withEditorPath).sort((a, b) => a.number - b.number))) this.#tellFindings();
    } catch {
      // The gateway went away meanwhile; its next start loads anew.
    }
  }

  #take(changed: readonly ExchangeSummary[]): void {
    const rows = changed.map(withEditorPath);
    for (const row of rows) this.#keep(row);
    this.#rowsChanged.fire(rows);
    if (this.#book.file(rows)) this.#tellFindings();
  }

  #keep(row: ExchangeSummary): void {
    this.#rows.delete(row.id);
    this.#rows.set(row.id, row);
    const [oldest] = this.#rows.keys();
    if (this.#rows.size > maxRows && oldest !== undefined) this.#rows.delete(oldest);
  }

  #setApis(apis: readonly ApiStatus[]): void {
    this.#apis = apis;
    this.#apisChanged.fire(apis);
  }

  #setProblems(problems: readonly CatalogueProblem[]): void {
    this.#problems = problems;
    this.#problemsChanged.fire(problems);
  }

  #setWarnings({ warnings, mutes }: WarningBoard): void {
    this.#warnings = { warnings: warnings.map(withEditorPath), mutes };
    this.#warningsChanged.fire(this.#warnings);
  }

  #setAccess(board: AccessBoard): void {
    this.#access = board;
    this.#accessChanged.fire(board);
  }

  #empty(): void {
    this.#rows.clear();
    this.#book.clear();
    this.#cleared.fire();
    this.#tellFindings();
  }
}

import type { ExchangeSummary } from '../shared/exchange.ts';
import { isDiagnosed, type DiagnosedRow } from './findingReport.ts';

/** How long to wait for the call site of an exchange that ended without one. */
const patience = 250;
const remembered = 10_000;

/** Turns changing rows into findings: each refused exchange once, when all is known of it. */
export class FindingFeed {
  readonly #report: (row: DiagnosedRow) => void;
  readonly #reported = new Set<string>();
  readonly #waiting = new Map<string, { row: DiagnosedRow; readonly timer: NodeJS.Timeout }>();

  constructor(report: (row: DiagnosedRow) => void) {
    this.#report = report;
  }

  add(rows: readonly ExchangeSummary[]): void {
    for (const row of rows) if (row.state !== 'open' && isDiagnosed(row)) this.#take(row);
  }

  /** Reports what waits for its call site. */
  flush(): void {
    for (const { row } of [...this.#waiting.values()]) this.#tell(row);
  }

  #take(row: DiagnosedRow): void {
    if (this.#reported.has(row.id)) return;
    if (row.callSite !== null) {
      this.#tell(row);
      return;
    }
    const waiting = this.#waiting.get(row.id);
    if (waiting !== undefined) waiting.row = row;
    else this.#waiting.set(row.id, { row, timer: setTimeout(() => this.#tell(row), patience) });
  }

  #tell(row: DiagnosedRow): void {
    clearTimeout(this.#waiting.get(row.id)?.timer);
    this.#waiting.delete(row.id);
    this.#reported.add(row.id);
    for (const oldest of this.#reported) {
      if (this.#reported.size <= remembered) break;
      this.#reported.delete(oldest);
    }
    this.#report(row);
  }
}

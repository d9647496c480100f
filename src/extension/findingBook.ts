import { callSiteKey } from '../shared/callSite.ts';
import type { ExchangeId, ExchangeSummary } from '../shared/exchange.ts';
import type { Finding } from '../shared/finding.ts';

interface Entry {
  readonly finding: Finding;
  /** What stood here before its newest exchange, for when that turns out to belong elsewhere. */
  readonly before: Entry | null;
}

/** Places remembered for "is this newer?"; a program with more calling lines than this has other problems. */
const maxPlaces = 5000;

/**
 * Files exchanges by the place that made the call and its API. At each place the newest exchange speaks: a refusal
 * becomes its finding, a success clears it. Lines are those of the files on disk, as programs report them.
 */
export class FindingBook {
  #entries = new Map<string, Entry>();
  #sorted: readonly Finding[] | null = null;
  /** Number of the newest settled exchange of each place. */
  #newest = new Map<string, number>();
  readonly #dismissed = new Set<ExchangeId>();

  /** Open findings, newest first. */
  get findings(): readonly Finding[] {
    this.#sorted ??= [...this.#entries.values()].map(({ finding }) => finding).sort((a, b) => b.lastAt - a.lastAt);
    return this.#sorted;
  }

  /** @returns whether anything changed. */
  file(rows: readonly ExchangeSummary[]): boolean {
    this.#sorted = null;
    return rows.map((row) => this.#fileOne(row)).some((changed) => changed);
  }

  /** Takes a finding away until the place refuses again. @returns false where there is none. */
  dismiss(key: string): boolean {
    const entry = this.#entries.get(key);
    if (entry === undefined) return false;
    this.#sorted = null;
    this.#dismissed.add(entry.finding.exchangeId);
    return this.#entries.delete(key);
  }

  clear(): void {
    this.#sorted = null;
    this.#entries.clear();
    this.#newest.clear();
  }

  /** A file was saved with lines moved: `toLine` gives each line's place in the saved text. */
  moveLines(file: string, toLine: (line: number, column: number) => number): boolean {
    const moved = new Map<string, Entry>();
    let changed = false;
    for (const [key, entry] of this.#entries) {
      const site = entry.finding.callSite;
      const line = site?.file === file ? toLine(site.line, site.column) : undefined;
      if (site === null || line === undefined || line === site.line) {
        moved.set(key, entry);
        continue;
      }
      changed = true;
      const finding = { ...entry.finding, callSite: { ...site, line } };
      const newKey = placeOf(finding);
      moved.set(newKey, { finding: { ...finding, key: newKey }, before: null });
      this.#newest.set(newKey, entry.finding.exchangeNumber);
      this.#newest.delete(key);
    }
    this.#entries = moved;
    this.#sorted = null;
    return changed;
  }

  #fileOne(row: ExchangeSummary): boolean {
    if (row.state === 'open') return false;
    const refused = row.diagnosis !== null;
    if (!refused && !isSuccess(row)) return false;
    const key = this.#placeOfReplayed(row) ?? placeOf(row);
    const withdrawn = this.#withdraw(row.id, key);
    if (row.number < (this.#newest.get(key) ?? 0)) return withdrawn;
    this.#note(key, row.number);
    if (!refused) return this.#entries.delete(key) || withdrawn;
    if (this.#dismissed.has(row.id)) return withdrawn;
    const entry = this.#entries.get(key);
    const before = entry?.finding.exchangeId === row.id ? entry.before : (entry ?? null);
    this.#entries.set(key, {
      finding: toFinding(row, key, before?.finding),
      before: before === null ? null : { ...before, before: null },
    });
    return true;
  }

  /** A replay comes from no line of code; it speaks for the place of the exchange it repeats. */
  #placeOfReplayed(row: ExchangeSummary): string | null {
    if (row.replayOf === null || row.callSite !== null) return null;
    for (const [key, { finding }] of this.#entries) if (finding.exchangeId === row.replayOf) return key;
    return null;
  }

  /** The call site of an exchange may become known after its diagnosis: then it leaves where it was first filed. */
  #withdraw(id: ExchangeId, exceptFrom: string): boolean {
    for (const [key, { finding, before }] of this.#entries) {
      if (finding.exchangeId !== id || key === exceptFrom) continue;
      if (before === null) this.#entries.delete(key);
      else this.#entries.set(key, before);
      return true;
    }
    return false;
  }

  #note(key: string, number: number): void {
    this.#newest.delete(key);
    this.#newest.set(key, number);
    if (this.#newest.size <= maxPlaces) return;
    const [oldest] = this.#newest.keys();
    if (oldest !== undefined) this.#newest.delete(oldest);
  }
}

/** A finding about one exchange alone, as for a row of the log that is no longer the newest of its place. */
export function findingOf(row: ExchangeSummary): Finding | null {
  return row.diagnosis === null ? null : toFinding(row, placeOf(row), undefined);
}

function toFinding(row: ExchangeSummary, key: string, before: Finding | undefined): Finding {
  if (row.diagnosis === null) throw new TypeError('Only a diagnosed exchange makes a finding.');
  return {
    key,
    diagnosis: row.diagnosis,
    api: row.api,
    provider: row.provider,
    callSite: row.callSite ?? before?.callSite ?? null,
    method: row.method,
    host: row.host,
    path: row.path,
    status: row.status,
    exchangeId: row.id,
    exchangeNumber: row.number,
    firstAt: before?.firstAt ?? row.startedAt,
    lastAt: row.startedAt,
    count: (before?.count ?? 0) + 1,
    simulated: row.simulated,
  };
}

function isSuccess(row: ExchangeSummary): boolean {
  return row.state === 'complete' && row.status !== null && row.status >= 200 && row.status < 400;
}

function placeOf(call: Pick<ExchangeSummary, 'api' | 'host' | 'method' | 'path' | 'callSite'>): string {
  const api = call.api ?? call.host;
  if (call.callSite !== null) return `${callSiteKey(call.callSite)} ${api}`;
  return `${api} ${call.method} ${call.path.split('?', 1)[0] ?? ''}`;
}

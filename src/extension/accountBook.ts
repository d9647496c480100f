import { accountSentence, type AccountReport } from '../shared/account.ts';
import type { AccountNote, Finding } from '../shared/finding.ts';

interface Entry {
  readonly report: AccountReport;
  /** The finding whose call was asked about; null for none. */
  readonly key: string | null;
}

/** What was last found out about the account of each API. */
export class AccountBook {
  readonly #entries = new Map<string, Entry>();
  /** Views tell findings apart by identity, so one that did not change must stay the same object. */
  #noted = new WeakMap<Finding, Finding>();

  /** Files a report; `key` is that of the finding whose call it was asked for. */
  file(report: AccountReport, key: string | null): void {
    this.#entries.set(report.api, { report, key });
    this.#noted = new WeakMap();
  }

  report(api: string): AccountReport | undefined {
    return this.#entries.get(api)?.report;
  }

  /** What was found out about the account for the very call of a finding. */
  reportFor({ api, key }: Finding): AccountReport | null {
    const entry = api === null ? undefined : this.#entries.get(api);
    return entry?.key === key ? entry.report : null;
  }

  /** The finding with what is known of its account. */
  note(finding: Finding): Finding {
    const account = this.#noteFor(finding);
    if (account === null) return finding;
    const noted = this.#noted.get(finding) ?? { ...finding, account };
    this.#noted.set(finding, noted);
    return noted;
  }

  #noteFor({ api, key }: Finding): AccountNote | null {
    const entry = api === null ? undefined : this.#entries.get(api);
    if (entry === undefined) return null;
    const { report } = entry;
    return { state: report.state, sentence: accountSentence(report, entry.key === key), at: report.at };
  }
}

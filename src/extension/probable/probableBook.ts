import * as vscode from 'vscode';
import type { CallSite } from '../../shared/callSite.ts';
import type { Finding } from '../../shared/finding.ts';
import type { Candidate } from '../../search/searchText.ts';

interface Entry {
  readonly candidates: readonly Candidate[];
  /** The one that is shown; null where a person said that it is none of them. */
  readonly chosen: Candidate | null;
}

/** What a search of the workspace found for findings whose line nobody noted. A noted line is never replaced. */
export class ProbableBook implements vscode.Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #changed = new vscode.EventEmitter<void>();
  /** Views tell findings apart by identity, so one that did not change must stay the same object. */
  #noted = new WeakMap<Finding, Finding>();

  readonly onDidChange = this.#changed.event;

  /** The finding with its probable line, where it has no other. */
  note(finding: Finding): Finding {
    if (finding.callSite !== null) return finding;
    const chosen = this.#entries.get(finding.key)?.chosen ?? null;
    if (chosen === null) return finding;
    const noted = this.#noted.get(finding) ?? { ...finding, callSite: toCallSite(chosen) };
    this.#noted.set(finding, noted);
    return noted;
  }

  candidates(key: string): readonly Candidate[] {
    return this.#entries.get(key)?.candidates ?? [];
  }

  /** Files what a search found. A person's choice stays while it is among it. */
  file(key: string, candidates: readonly Candidate[]): void {
    const before = this.#entries.get(key);
    const kept = candidates.find(({ file, code }) => file === before?.chosen?.file && code === before.chosen.code);
    const none = before?.chosen === null && before.candidates.length > 0;
    this.#set(key, { candidates, chosen: none ? null : (kept ?? candidates[0] ?? null) });
  }

  choose(key: string, chosen: Candidate | null): void {
    this.#set(key, { candidates: this.candidates(key), chosen });
  }

  /** Lines of a file were moved by an edit that was saved. */
  moveLines(file: string, toLine: (line: number, column: number) => number): void {
    const move = (one: Candidate): Candidate =>
      one.file === file ? { ...one, line: toLine(one.line, one.column) } : one;
    for (const [key, { candidates, chosen }] of this.#entries)
      if (candidates.some((one) => one.file === file))
        this.#set(key, { candidates: candidates.map(move), chosen: chosen === null ? null : move(chosen) });
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #set(key: string, entry: Entry): void {
    if (JSON.stringify(this.#entries.get(key)) === JSON.stringify(entry)) return;
    this.#entries.set(key, entry);
    this.#noted = new WeakMap();
    this.#changed.fire();
  }
}

/** A place that was found by search, in the form of one that was noted. */
export function toCallSite({ file, line, column }: Candidate): CallSite {
  return { file, line, column, function: null, certainty: 'search' };
}

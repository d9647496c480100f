import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { RunColumn, RunShown, RunsState } from '../../shared/promptRuns.ts';
import type { PromptOutcome } from '../../shared/prompts.ts';
import type { Parts } from '../parts.ts';
import { dollars } from './promptLenses.ts';

/** What to run. */
export interface WantedRun {
  readonly uri: vscode.Uri;
  readonly name: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The file's own where it is null. */
  readonly models: readonly { readonly shown: string; readonly asked: string | null }[];
}

interface KeptRun extends WantedRun {
  readonly id: string;
  readonly label: string;
  readonly columns: RunColumn[];
  readonly asked: readonly string[];
}

const mostRuns = 50;

/** The runs of this window, newest first. They end with it: what was said is in the log, redacted. */
export class PromptRuns implements vscode.Disposable {
  readonly #parts: Parts;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #runs: KeptRun[] = [];
  readonly #listening: vscode.Disposable;
  #shown: KeptRun | null = null;
  readonly onDidChange = this.#changed.event;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#listening = parts.gateway.onDidWritePrompt(({ run, text }) => {
      for (const kept of this.#runs) {
        const index = kept.asked.indexOf(run);
        const column = kept.columns[index];
        if (column?.state === 'running') this.#set(kept, index, { ...column, text: column.text + text });
      }
    });
  }

  get shown(): KeptRun | null {
    return this.#shown;
  }

  get state(): RunsState {
    const shown = this.#shown;
    return {
      runs: this.#runs.map(({ id, label }) => ({ id, label })),
      shown: shown === null ? null : toShown(shown),
      running: shown?.columns.some(({ state }) => state === 'running') ?? false,
    };
  }

  show(id: string): void {
    this.#shown = this.#runs.find((run) => run.id === id) ?? this.#shown;
    this.#changed.fire();
  }

  /** Runs a prompt with one model or several at once, and shows that. */
  async run(wanted: WantedRun): Promise<void> {
    const id = randomUUID();
    const time = new Date().toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
    const what =
      wanted.models.length === 1 ? (wanted.models[0]?.shown ?? '') : vscode.l10n.t('{0} models', wanted.models.length);
    const kept: KeptRun = {
      ...wanted,
      ...{ id, label: `${time} · ${wanted.name} · ${what}` },
      columns: wanted.models.map(({ shown }) => ({ ...empty, model: shown })),
      asked: wanted.models.map((_, index) => `${id}/${String(index)}`),
    };
    this.#runs.unshift(kept);
    this.#runs.splice(mostRuns);
    this.#shown = kept;
    this.#changed.fire();
    await Promise.all(wanted.models.map((_, index) => this.#ask(kept, index)));
  }

  /** Gives up what is still written. */
  async stop(): Promise<void> {
    for (const [index, id] of (this.#shown?.asked ?? []).entries())
      if (this.#shown?.columns[index]?.state === 'running') await this.#parts.gateway.api.cancelRun(id);
  }

  dispose(): void {
    this.#listening.dispose();
    this.#changed.dispose();
  }

  async #ask(kept: KeptRun, index: number): Promise<void> {
    const { uri, variables, models, asked } = kept;
    const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
    const column = (): RunColumn => kept.columns[index] ?? empty;
    try {
      const api = await this.#parts.gateway.start();
      const outcome = await api.runPrompt({
        ...{ id: asked[index] ?? '', file: uri.fsPath, version: null, variables },
        text: open?.isDirty === true ? open.getText() : null,
        model: models[index]?.asked ?? null,
      });
      this.#set(kept, index, finished(column(), outcome));
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      this.#set(kept, index, { ...column(), state: 'failed', failure: error.message });
    }
  }

  #set(kept: KeptRun, index: number, column: RunColumn): void {
    kept.columns[index] = column;
    if (kept === this.#shown) this.#changed.fire();
  }
}

const empty: RunColumn = {
  ...{ model: '', state: 'running', text: '', failure: null },
  ...{ cost: '', tokens: '', time: '', exchange: null },
};

function finished(column: RunColumn, outcome: PromptOutcome): RunColumn {
  const { text, value, failure, costUsd, usage, duration, firstWord, exchanges, repaired } = outcome;
  const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(1)} s`;
  const took =
    firstWord === null
      ? seconds(duration)
      : vscode.l10n.t('{0} ({1} to the first word)', seconds(duration), seconds(firstWord));
  return {
    model: column.model,
    state: failure === null ? 'done' : failure.status === 499 ? 'stopped' : 'failed',
    text: value === null ? (text === '' ? column.text : text) : JSON.stringify(value, null, 2),
    failure: failure === null ? null : [failure.message, failure.hint ?? ''].join(' ').trim(),
    cost: costUsd === null ? (failure === null ? vscode.l10n.t('unpriced') : '') : dollars(costUsd),
    tokens: usage === null ? '' : vscode.l10n.t('{0} tokens in, {1} out', usage.inputTokens, usage.outputTokens),
    time: repaired ? vscode.l10n.t('{0}, asked twice to match the schema', took) : took,
    exchange: exchanges.at(-1) ?? null,
  };
}

function toShown({ id, label, name, variables, columns }: KeptRun): RunShown {
  const short = (value: unknown): string => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return text.length > 300 ? `${text.slice(0, 300)}…` : text;
  };
  return {
    ...{ id, label, columns, prompt: name },
    variables: Object.entries(variables).map(([variable, value]) => [variable, short(value)] as const),
  };
}

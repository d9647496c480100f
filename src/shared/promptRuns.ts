/** One model's answer to a run, as the page shows it. */
export interface RunColumn {
  readonly model: string;
  readonly state: 'running' | 'done' | 'failed' | 'stopped';
  /** What it said so far; JSON that matches a schema is set out. */
  readonly text: string;
  /** What went wrong, and what to do next; null where nothing did. */
  readonly failure: string | null;
  /** As in `$0.0012`; empty while that is not known. */
  readonly cost: string;
  readonly tokens: string;
  readonly time: string;
  /** The call in the log; null before there is one. */
  readonly exchange: string | null;
}

/** One run of a prompt by one model or several. */
export interface RunShown {
  readonly id: string;
  /** As in `14:03 · summarize · 2 models`. */
  readonly label: string;
  readonly prompt: string;
  /** Names and values of its variables, shortened. */
  readonly variables: readonly (readonly [name: string, value: string])[];
  readonly columns: readonly RunColumn[];
}

/** What the page of runs shows. */
export interface RunsState {
  readonly runs: readonly { readonly id: string; readonly label: string }[];
  readonly shown: RunShown | null;
  /** Whether something is still written. */
  readonly running: boolean;
}

/** What the page of runs asks for. */
export type RunsWish =
  | { readonly wish: 'state' }
  | { readonly wish: 'show'; readonly run: string }
  | { readonly wish: 'again' | 'compare' | 'stop' }
  | { readonly wish: 'log' | 'copy'; readonly column: number };

/** The strings of the page, by name. */
export interface RunsStrings {
  readonly history: string;
  readonly again: string;
  readonly compare: string;
  readonly stop: string;
  readonly log: string;
  readonly copy: string;
  readonly running: string;
  readonly done: string;
  readonly failed: string;
  readonly stopped: string;
  readonly answerOf: string;
}

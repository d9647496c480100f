import type { CatalogueProblem } from './catalogue.ts';
import type { ExchangeId, Usage } from './exchange.ts';

/** How the file of a prompt ends. */
export const promptEnding = '.prompt.md';

/** What a variable of a prompt may hold. An image is a `data:` URL or one that begins with https:. */
export const variableTypes = ['string', 'number', 'integer', 'boolean', 'array', 'object', 'image'] as const;
export type VariableType = (typeof variableTypes)[number];

/** One variable of a prompt, as its file declares it. */
export interface PromptVariable {
  readonly name: string;
  readonly type: VariableType;
  readonly description: string | null;
  /** Whether a request has to bring it: it has no default, and is not said to be optional. */
  readonly required: boolean;
  /** Absent where it has none. */
  readonly default?: unknown;
  /** The values to choose from; null where any will do. */
  readonly choices: readonly (string | number)[] | null;
}

/** One prompt file of the workspace, as lists show it. */
export interface PromptListed {
  /** The last segment of its URL. */
  readonly name: string;
  /** Absolute path. */
  readonly file: string;
  /** Its path from the workspace's folder, with slashes. */
  readonly path: string;
  readonly description: string | null;
  /** Null where it names none. */
  readonly model: string | null;
  readonly variables: readonly PromptVariable[];
  /** Whether its answers are JSON by a schema. */
  readonly structured: boolean;
  /** Whether programs can call it: it says `publish: true`, and has no error. */
  readonly published: boolean;
  /** `http://127.0.0.1:PORT/prompts/<name>`. */
  readonly url: string;
  /** Its errors alone. */
  readonly errors: number;
}

/** What a look at the text of a prompt file shows. */
export interface PromptCheck {
  /** Null where it is too broken to tell. */
  readonly prompt: PromptListed | null;
  readonly problems: readonly CatalogueProblem[];
  /** What its calls have cost that are in the log, rehearsals aside. */
  readonly spent: { readonly calls: number; readonly costUsd: number | null; readonly tokens: number };
}

/** A run of a prompt by whoever works on it. */
export interface PromptRun {
  /** Names the run in events and when it is cancelled; made up by whoever asks. */
  readonly id: string;
  /** Absolute path of the file. */
  readonly file: string;
  /** Its text where that is not saved; null reads the file. */
  readonly text: string | null;
  /** A commit, tag or branch to read it from; null for the file as it is. */
  readonly version: string | null;
  readonly variables: Readonly<Record<string, unknown>>;
  /** A model in place of the file's; null for that. */
  readonly model: string | null;
}

/** What became of a run. */
export interface PromptOutcome {
  readonly model: string;
  /** The model's words. */
  readonly text: string;
  /** The answer by the schema; null where there is none. */
  readonly value: unknown;
  /** Null where it went well: what went wrong, for a person. */
  readonly failure: { readonly message: string; readonly hint: string | null; readonly status: number } | null;
  /** US dollars; null where that is not known. */
  readonly costUsd: number | null;
  readonly usage: Pick<Usage, 'inputTokens' | 'outputTokens'> | null;
  /** Milliseconds until the first word, and until all was there. */
  readonly firstWord: number | null;
  readonly duration: number;
  /** The calls in the log: a second one where the first answer did not match the schema. */
  readonly exchanges: readonly ExchangeId[];
  readonly repaired: boolean;
}

/** How a conversation ended that the editor had by itself. */
export interface ConverseOutcome {
  /** As in `stop`, `length` and `tool_calls`; null where it did not end by itself. */
  readonly finish: string | null;
  /** Null where it went well. `code` is stable, as in `budget_exceeded`. */
  readonly failure: (NonNullable<PromptOutcome['failure']> & { readonly code: string }) | null;
}

/** More of an answer, in OpenAI's format for streams. */
export interface ChatDelta {
  readonly content?: string | null;
  readonly tool_calls?: readonly {
    readonly index?: number;
    readonly id?: string;
    readonly function?: { readonly name?: string; readonly arguments?: string };
  }[];
}

/** A commit that changed a prompt file. */
export interface PromptVersion {
  readonly revision: string;
  /** ISO 8601. */
  readonly at: string;
  readonly subject: string;
}

/** What one may ask of a gateway about prompts. */
export interface PromptsApi {
  /** All prompt files of the workspace, by name. */
  prompts(): Promise<readonly PromptListed[]>;
  /** Looks at a prompt file; `text` is what it says where that is not saved. Fails with `prompt_unreadable`. */
  checkPrompt(file: string, text: string | null): Promise<PromptCheck>;
  /** Asks the model. Resolves with what came of it, also where that is a failure. Fails with `prompt_unreadable`. */
  runPrompt(run: PromptRun): Promise<PromptOutcome>;
  /** Has a conversation in OpenAI’s format (chat completions); what is said comes as `chatWritten`. `run` names it. */
  converse(run: string, request: Readonly<Record<string, unknown>>): Promise<ConverseOutcome>;
  /** Gives a run or a conversation up. */
  cancelRun(id: string): Promise<void>;
  /** The commits that changed a prompt file, newest first; none where there is no git. */
  promptVersions(file: string): Promise<readonly PromptVersion[]>;
}

/** What a gateway tells of prompts. */
export interface PromptEvents {
  /** More of the answer that a run waits for. */
  promptWritten: { readonly run: string; readonly text: string };
  /** More of what is said in a conversation. */
  chatWritten: { readonly run: string; readonly delta: ChatDelta };
}

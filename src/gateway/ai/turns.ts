/** What a vendor wants to see again with a tool call, and clients that know OpenAI's format only do not send back. */
export interface Turn {
  /** Of the call itself, as Gemini's thought signature. */
  readonly metadata: object | null;
  /** The thinking before it, as Anthropic's with its signature. */
  readonly reasoning: readonly { readonly text: string; readonly metadata: object | null }[];
}

/** Turns of the last conversations, by the id of the tool call. */
export interface Turns {
  keep(toolCallId: string, turn: Turn): void;
  find(toolCallId: string): Turn | null;
}

const most = 2000;

/** Keeps the newest. They are in memory only: they hold what a model thought. */
export function createTurns(): Turns {
  const turns = new Map<string, Turn>();
  return {
    keep: (id, turn) => {
      turns.delete(id);
      turns.set(id, turn);
      const [oldest] = turns.keys();
      if (turns.size > most && oldest !== undefined) turns.delete(oldest);
    },
    find: (id) => turns.get(id) ?? null,
  };
}

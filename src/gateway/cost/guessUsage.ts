import type { Usage } from '../../shared/exchange.ts';

/** An answer that does not tell what it used, and what it answers. */
export interface Untold {
  /** Decoded text, or null where there is none. */
  readonly request: string | null;
  readonly answer: string;
  /** How many times longer the whole answer is than `answer`, which may be cut. */
  readonly whole: number;
}

/** Characters that a token stands for on average in English and in code (help.openai.com, "What are tokens"). */
const charactersOfToken = 4;
/** What an answer in the dialect of OpenAI's chat streams. */
const pieces = /"(?:content|reasoning_content|reasoning|refusal|arguments)"\s*:\s*"((?:[^"\\]|\\.)*)"/g;
/** Images and files in a request are priced by other measures than their length. */
const embedded = /[A-Za-z0-9+/=_-]{1000,}/g;

/**
 * Guesses what a chat stream used, in the dialect of OpenAI, whose streams do not tell unless they were asked to by
 * `stream_options.include_usage`. From the lengths of texts, so it may be wrong by a third. Null for anything else.
 */
export function guessUsage({ request, answer, whole }: Untold): Omit<Usage, 'model'> | null {
  if (request === null || !answer.includes('chat.completion.chunk"') || !request.includes('messages"')) return null;
  let written = 0;
  for (const [, piece = ''] of answer.matchAll(pieces)) written += piece.length;
  return {
    inputTokens: Math.ceil(request.replaceAll(embedded, '').length / charactersOfToken),
    outputTokens: Math.ceil((written * whole) / charactersOfToken),
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
    guessed: true,
  };
}

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
/** How streams are known, and in which members the pieces of their text stand: OpenAI's chat and responses, Anthropic's. */
const streams: readonly { readonly mark: string; readonly pieces: RegExp }[] = [
  {
    mark: 'chat.completion.chunk"',
    pieces: /"(?:content|reasoning_content|reasoning|refusal|arguments)"\s*:\s*"((?:[^"\\]|\\.)*)"/g,
  },
  { mark: '"response.created"', pieces: /"delta"\s*:\s*"((?:[^"\\]|\\.)*)"/g },
  { mark: '"content_block_delta"', pieces: /"(?:text|thinking|partial_json)"\s*:\s*"((?:[^"\\]|\\.)*)"/g },
];
/** Images and files in a request are priced by other measures than their length. */
const embedded = /[A-Za-z0-9+/=_-]{1000,}/g;

/**
 * Guesses what a stream used, in the dialect of OpenAI, whose chats do not tell unless they were asked to by
 * `stream_options.include_usage`, and whose responses tell at their end only. From the lengths of texts, so it may be
 * wrong by a third. Null for anything else.
 */
export function guessUsage({ request, answer, whole }: Untold): Omit<Usage, 'model'> | null {
  if (request === null || !/(?:messages|input)"/.test(request) || answer.includes('"content_block_delta"')) return null;
  const outputTokens = writtenTokens(answer, whole);
  if (outputTokens === null) return null;
  return {
    inputTokens: Math.ceil(request.replaceAll(embedded, '').length / charactersOfToken),
    outputTokens,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
    guessed: true,
  };
}

/** About how many tokens of a stream have come, by the lengths of its texts; null for what is no stream. */
export function writtenTokens(answer: string, whole: number): number | null {
  const stream = streams.find(({ mark }) => answer.includes(mark));
  if (stream === undefined) return null;
  let written = 0;
  for (const [, piece = ''] of answer.matchAll(stream.pieces)) written += piece.length;
  return Math.ceil((written * whole) / charactersOfToken);
}

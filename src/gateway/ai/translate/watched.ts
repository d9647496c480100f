import type { Turns } from '../turns.ts';
import type { SpokenPart, StreamPart, Warning } from './sdk.ts';
import { createMemory } from './streamMemory.ts';

/** A stream of which the warnings have come. */
export interface Watched {
  readonly warnings: readonly Warning[];
  readonly parts: AsyncIterable<SpokenPart>;
}

/** Reads a stream up to its warnings, and remembers its calls as they pass. A broken stream throws where it breaks. */
export async function watched(stream: ReadableStream<StreamPart>, turns: Turns): Promise<Watched> {
  const reader = stream.getReader();
  let warnings: readonly Warning[] = [];
  let first: StreamPart | null = null;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    if (value.type === 'stream-start') warnings = value.warnings;
    else if (value.type === 'error') throw toError(value.error);
    else if (value.type !== 'response-metadata') {
      first = value;
      break;
    }
  }
  return { warnings, parts: passing(reader, first, turns) };
}

async function* passing(
  reader: ReadableStreamDefaultReader<StreamPart>,
  first: StreamPart | null,
  turns: Turns,
): AsyncGenerator<SpokenPart> {
  const memory = createMemory();
  let part = first;
  try {
    while (part !== null) {
      if (part.type === 'error') throw toError(part.error);
      memory.see(part);
      if (isSpoken(part)) yield part;
      const { done, value } = await reader.read();
      part = done ? null : value;
    }
    memory.keep(turns);
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

const spoken: ReadonlySet<string> = new Set<SpokenPart['type']>([
  'text-start',
  'text-delta',
  'text-end',
  'reasoning-start',
  'reasoning-delta',
  'reasoning-end',
  'tool-input-start',
  'tool-input-delta',
  'tool-call',
  'file',
  'finish',
]);

/** What the vendor ran itself is over when it is told. */
function isSpoken(part: StreamPart): part is SpokenPart {
  return spoken.has(part.type) && !('providerExecuted' in part && part.providerExecuted);
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(typeof error === 'string' ? error : JSON.stringify(error));
}

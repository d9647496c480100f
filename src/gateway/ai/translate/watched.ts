import type { Turns } from '../turns.ts';
import { remember } from './remember.ts';
import type { Content, Metadata, SpokenPart, StreamPart, Warning } from './sdk.ts';

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
  const thoughts = new Map<string, { text: string; metadata: Metadata | undefined }>();
  const content: Content[] = [];
  let part = first;
  try {
    while (part !== null) {
      if (part.type === 'error') throw toError(part.error);
      if (part.type === 'reasoning-start') thoughts.set(part.id, { text: '', metadata: part.providerMetadata });
      if (part.type === 'reasoning-delta' || part.type === 'reasoning-end') {
        const thought = thoughts.get(part.id);
        if (thought !== undefined) {
          if (part.type === 'reasoning-delta') thought.text += part.delta;
          thought.metadata = part.providerMetadata ?? thought.metadata;
        }
      }
      if (part.type === 'tool-call') content.push(part);
      if (isSpoken(part)) yield part;
      const { done, value } = await reader.read();
      part = done ? null : value;
    }
    const reasoning = [...thoughts.values()].map(({ text, metadata }): Content => ({
      type: 'reasoning',
      text,
      ...(metadata === undefined ? {} : { providerMetadata: metadata }),
    }));
    remember([...reasoning, ...content], turns);
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
  'finish',
]);

/** What the vendor ran itself is over when it is told. */
function isSpoken(part: StreamPart): part is SpokenPart {
  return spoken.has(part.type) && !('providerExecuted' in part && part.providerExecuted);
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(typeof error === 'string' ? error : JSON.stringify(error));
}

import type { Turns } from '../turns.ts';
import { remember } from './remember.ts';
import type { Content, Metadata, StreamPart } from './sdk.ts';

/** Looks at the parts of a stream for what the vendor wants to see again. */
export function createMemory(): { see(part: StreamPart): void; /** The stream is over. */ keep(turns: Turns): void } {
  const thoughts = new Map<string, { text: string; metadata: Metadata | undefined }>();
  const calls: Content[] = [];
  return {
    see: (part) => {
      if (part.type === 'reasoning-start') thoughts.set(part.id, { text: '', metadata: part.providerMetadata });
      else if (part.type === 'reasoning-delta' || part.type === 'reasoning-end') {
        const thought = thoughts.get(part.id);
        if (thought === undefined) return;
        if (part.type === 'reasoning-delta') thought.text += part.delta;
        thought.metadata = part.providerMetadata ?? thought.metadata;
      } else if (part.type === 'tool-call') calls.push(part);
    },
    keep: (turns) => {
      if (calls.length === 0) return;
      const reasoning = [...thoughts.values()].map(({ text, metadata }): Content => ({
        type: 'reasoning',
        text,
        ...(metadata === undefined ? {} : { providerMetadata: metadata }),
      }));
      remember([...reasoning, ...calls], turns);
    },
  };
}

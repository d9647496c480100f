/** Takes the chunk that tells the usage out of a stream, for a client that did not ask for it. */
export interface UsageHider {
  /** What can be passed on of all that has come. */
  pass(bytes: Uint8Array): Buffer;
  /** What is left at the end. */
  rest(): Buffer;
}

const empty = Buffer.alloc(0);

/**
 * OpenAI's last chunk before `[DONE]` has no choices and the usage of the whole
 * (platform.openai.com/docs/api-reference/chat-streaming). Events are passed on when they are complete.
 */
export function createUsageHider(): UsageHider {
  let pending: Buffer = empty;
  return {
    pass: (bytes) => {
      const all = pending.length === 0 ? Buffer.from(bytes) : Buffer.concat([pending, bytes]);
      const end = lastEventEnd(all);
      pending = all.subarray(end);
      return withoutUsage(all.subarray(0, end));
    },
    rest: () => {
      const left = pending;
      pending = empty;
      return left;
    },
  };
}

/** Where the last complete event ends. */
function lastEventEnd(bytes: Buffer): number {
  const plain = bytes.lastIndexOf('\n\n');
  const carried = bytes.lastIndexOf('\r\n\r\n');
  return Math.max(plain === -1 ? 0 : plain + 2, carried === -1 ? 0 : carried + 4);
}

function withoutUsage(events: Buffer): Buffer {
  if (!events.includes('"usage"') || !events.includes('prompt_tokens')) return events;
  const kept = events
    .toString('utf8')
    .split(/(?<=\n\n|\r\n\r\n)/)
    .filter((event) => !isUsage(event));
  return Buffer.from(kept.join(''));
}

function isUsage(event: string): boolean {
  const data = /^data: ?(\{.*\})\s*$/m.exec(event)?.[1];
  if (data === undefined) return false;
  try {
    const chunk = JSON.parse(data) as { readonly choices?: unknown; readonly usage?: unknown };
    return Array.isArray(chunk.choices) && chunk.choices.length === 0 && typeof chunk.usage === 'object';
  } catch {
    return false;
  }
}

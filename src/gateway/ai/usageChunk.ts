/** Takes the chunk that tells the usage out of a stream, for a client that did not ask for it. */
export interface UsageHider {
  /** What can be passed on of all that has come. */
  pass(bytes: Uint8Array): Buffer;
  /** What is left at the end. */
  rest(): Buffer;
}

const empty = Buffer.alloc(0);
const lineFeed = 0x0a;

/**
 * OpenAI's last chunk before `[DONE]` has no choices and the usage of the whole
 * (platform.openai.com/docs/api-reference/chat-streaming). Events are passed on when they are complete; only one that
 * names its tokens is looked into.
 */
export function createUsageHider(): UsageHider {
  let pending: Buffer = empty;
  return {
    pass: (bytes) => {
      const all =
        pending.length === 0
          ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
          : Buffer.concat([pending, bytes]);
      const end = lastEventEnd(all);
      // What waits must not be a view of bytes that others own.
      pending = end === all.length ? empty : Buffer.from(all.subarray(end));
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
  const kept: Buffer[] = [];
  let from = 0;
  for (let found = events.indexOf('"prompt_tokens"'); found !== -1;) {
    const start = eventStart(events, found);
    const end = eventEnd(events, found);
    if (isUsage(events.toString('utf8', start, end))) {
      kept.push(events.subarray(from, start));
      from = end;
    }
    found = events.indexOf('"prompt_tokens"', end);
  }
  return from === 0 ? events : Buffer.concat([...kept, events.subarray(from)]);
}

/** Behind the empty line before `at`. */
function eventStart(bytes: Buffer, at: number): number {
  for (let end = bytes.lastIndexOf(lineFeed, at); end > 0; end = bytes.lastIndexOf(lineFeed, end - 1))
    if (bytes[end - 1] === lineFeed || (bytes[end - 1] === 0x0d && bytes[end - 2] === lineFeed)) return end + 1;
  return 0;
}

/** Behind the empty line after `at`. */
function eventEnd(bytes: Buffer, at: number): number {
  for (let end = bytes.indexOf(lineFeed, at); end !== -1; end = bytes.indexOf(lineFeed, end + 1)) {
    if (bytes[end + 1] === lineFeed) return end + 2;
    if (bytes[end + 1] === 0x0d && bytes[end + 2] === lineFeed) return end + 3;
  }
  return bytes.length;
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

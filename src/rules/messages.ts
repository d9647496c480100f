const mostMessages = 5000;

/**
 * The JSON objects that stand one after another in a text, whatever is between them: the messages of a WebSocket between
 * the heads of its frames (RFC 6455, 5.2), the lines of NDJSON. Never throws; what is cut is left out.
 */
export function jsonMessages(text: string): readonly string[] {
  const messages: string[] = [];
  for (let start = text.indexOf('{'); start !== -1 && messages.length < mostMessages;) {
    const end = endOf(text, start);
    if (end === -1) break;
    messages.push(text.slice(start, end));
    start = text.indexOf('{', end);
  }
  return messages;
}

const telling = /["\\{}]/g;

/** Where the object ends that begins at `start`; -1 where it does not. */
function endOf(text: string, start: number): number {
  let depth = 0;
  let quoted = false;
  telling.lastIndex = start;
  for (let match = telling.exec(text); match !== null; match = telling.exec(text)) {
    const [sign] = match;
    if (sign === '\\') telling.lastIndex += 1;
    else if (sign === '"') quoted = !quoted;
    else if (!quoted) depth += sign === '{' ? 1 : -1;
    if (depth === 0 && !quoted) return match.index + 1;
  }
  return -1;
}

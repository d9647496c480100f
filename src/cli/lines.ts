/**
 * The lines of a stream of UTF-8, without their ends. Only line feeds end one: JSON may hold the other separators that
 * `node:readline` splits at.
 */
export async function* linesOf(stream: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of stream) {
    const text = decoder.decode(bytes, { stream: true });
    const end = text.lastIndexOf('\n');
    if (end < 0) {
      rest += text;
      continue;
    }
    for (const line of (rest + text.slice(0, end)).split('\n')) yield withoutReturn(line);
    rest = text.slice(end + 1);
  }
  rest += decoder.decode();
  if (rest !== '') yield withoutReturn(rest);
}

function withoutReturn(line: string): string {
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}

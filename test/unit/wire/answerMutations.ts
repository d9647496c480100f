const starts = [
  'HTTP/1.1 200 OK',
  'HTTP/1.1 404 Not Found',
  'HTTP/1.0 200 OK',
  'HTTP/1.1 204 No Content',
  'HTTP/1.1 304 X',
];
const fields = [
  ...[
    'Content-Length: 5',
    'Content-Length: 0',
    'Transfer-Encoding: chunked',
    'Connection: close',
    'X: y',
    'Set-Cookie: a',
  ],
  ...['Connection: keep-alive', 'Transfer-Encoding: gzip, chunked', 'Content-Length: 5, 5', 'Content-Type: a/b'],
];
const bodies = [
  '',
  'abcde',
  '5\r\nabcde\r\n0\r\n\r\n',
  '2;x=y\r\nab\r\n0\r\nT: v\r\n\r\n',
  'a\r\nabcdefghij\r\n00\r\n\r\n',
];
const disturbances = [
  ' ',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '\0',
  ':',
  ';',
  ',',
  '+',
  '-',
  '0',
  'x',
  '\x80',
  '\r\n ',
  '"',
  '1',
];

/** An answer that is nearly right, or right. */
export function mutatedAnswer(random: () => number): string {
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const chosen = Array.from({ length: 1 + Math.floor(random() * 3) }, () => one(fields));
  let text = `${one(starts)}\r\n${chosen.join('\r\n')}\r\n\r\n${one(bodies)}`;
  for (let count = Math.floor(random() * 3); count > 0; count--) {
    const at = Math.floor(random() * text.length);
    text = text.slice(0, at) + one(disturbances) + text.slice(at + (random() < 0.5 ? 1 : 0));
  }
  return text;
}

/** Numbers from 0 up to 1 that are the same for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const starts = [
  'GET / HTTP/1.1',
  'POST /a HTTP/1.1',
  'PUT /a?b HTTP/1.0',
  'OPTIONS * HTTP/1.1',
  'GET http://h/ HTTP/1.1',
];
const fields = [
  ...['Host: h', 'Content-Length: 5', 'Content-Length: 0', 'Transfer-Encoding: chunked', 'Connection: close'],
  ...[
    'Connection: keep-alive',
    'Transfer-Encoding: gzip, chunked',
    'X: y',
    'Content-Length: 5, 5',
    'Expect: 100-continue',
  ],
];
const bodies = [
  '',
  'abcde',
  '5\r\nabcde\r\n0\r\n\r\n',
  '2;x=y\r\nab\r\n0\r\nT: v\r\n\r\n',
  'GET /hidden HTTP/1.1\r\nHost: h\r\n\r\n',
];
const disturbances = [
  ' ',
  '\t',
  '\r',
  '\n',
  '\r\n',
  '\0',
  '\x0b',
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
];

/** A request that is nearly right, or right, with another one behind it at times. */
export function mutated(random: () => number): string {
  const one = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item;
  const chosen = Array.from({ length: 1 + Math.floor(random() * 3) }, () => one(fields));
  let text = `${one(starts)}\r\nHost: h\r\n${chosen.filter((field) => random() < 0.2 || field !== 'Host: h').join('\r\n')}\r\n\r\n${one(bodies)}`;
  for (let count = Math.floor(random() * 3); count > 0; count--) {
    const at = Math.floor(random() * text.length);
    text = text.slice(0, at) + one(disturbances) + text.slice(at + (random() < 0.5 ? 1 : 0));
  }
  return random() < 0.3 ? `${text}GET /next HTTP/1.1\r\nHost: h\r\n\r\n` : text;
}

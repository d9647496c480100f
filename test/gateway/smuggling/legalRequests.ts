/**
 * What is legal, and how it arrives at an upstream. `{T}` and `{H}` are as in the refused ones; `{F}` stands for the fields
 * that the gateway writes itself.
 */
export const taken: readonly (readonly [sent: string, arrives: string])[] = [
  [
    'GET {T}/x?a=%2F&b=é|{}^`"<>\\ HTTP/1.1\r\nHost: {H}\r\nx-A: 1\r\nX-a:2\r\nX-A: \t3 \t\r\nX-Empty:\r\n\r\n',
    'GET /x?a=%2F&b=é|{}^`"<>\\ HTTP/1.1\r\n{F}x-A: 1\r\nX-a: 2\r\nX-A: 3\r\nX-Empty: \r\n\r\n',
  ],
  ['\r\n\r\nGET {T}/x HTTP/1.1\r\nhost:{H}\r\n\r\n', 'GET /x HTTP/1.1\r\n{F}\r\n'],
  ['M-SEARCH {T}/x HTTP/1.1\r\nHost: {H}\r\nX: \xe9\xff\r\n\r\n', 'M-SEARCH /x HTTP/1.1\r\n{F}X: \xe9\xff\r\n\r\n'],
  ['get {T}/x HTTP/1.1\r\nHost: {H}\r\n\r\n', 'get /x HTTP/1.1\r\n{F}\r\n'],
  ['GET {T}/x HTTP/1.0\r\nHost: {H}\r\n\r\n', 'GET /x HTTP/1.1\r\n{F}\r\n'],
  [
    'POST {T}/x HTTP/1.1\r\nHost: {H}\r\nContent-Length: 4\r\n\r\nabcd',
    'POST /x HTTP/1.1\r\n{F}Content-Length: 4\r\n\r\nabcd',
  ],
  [
    'GET {T}/x HTTP/1.1\r\nHost: {H}\r\nContent-Length: 4\r\n\r\nabcd',
    'GET /x HTTP/1.1\r\n{F}Content-Length: 4\r\n\r\nabcd',
  ],
  ['POST {T}/x HTTP/1.1\r\nHost: {H}\r\nContent-Length: 0\r\n\r\n', 'POST /x HTTP/1.1\r\n{F}Content-Length: 0\r\n\r\n'],
  [
    'POST {T}/x HTTP/1.1\r\nHost: {H}\r\nTransfer-Encoding: Chunked\r\n\r\n04 ; a = "b;\\"\r"'.replace('\r"', '"') +
      '\r\nabcd\r\n000\r\nX: y\r\nContent-Length: 9\r\nHost: evil.test\r\nAuthorization: z\r\n\r\n',
    'POST /x HTTP/1.1\r\n{F}transfer-encoding: chunked\r\n\r\n4\r\nabcd\r\n0\r\nX: y\r\n\r\n',
  ],
  [
    'POST {T}/x HTTP/1.1\r\nHost: {H}\r\nConnection: close, X-Hop ,x-Other\r\nx-hop: 1\r\nX-OTHER: 2\r\nX-End: 3\r\nKeep-Alive: x\r\nProxy-Connection: y\r\nTE: gzip\r\nContent-Length: 1\r\n\r\na',
    'POST /x HTTP/1.1\r\n{F}X-End: 3\r\nContent-Length: 1\r\n\r\na',
  ],
  [
    'GET {T}/x HTTP/1.1\r\nHost: {H}\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n',
    'GET /x HTTP/1.1\r\n{F}\r\n',
  ],
  [
    'POST {T}/x HTTP/1.1\r\nHost: {H}\r\nConnection: Content-Length, Host\r\nContent-Length: 4\r\n\r\nabcd',
    'POST /x HTTP/1.1\r\n{F}Content-Length: 4\r\n\r\nabcd',
  ],
];

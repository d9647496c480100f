import { failureAnswer } from '../failures.ts';
import type { Malformed } from './requestHead.ts';

/** What a client is sent whose request cannot be read, before its connection ends. */
export function refusal({ status, why }: Malformed): Buffer {
  const { body } = failureAnswer({
    code: 'bad_request',
    message: `This request cannot be read in one way only: ${why}.`,
    hint: status === 431 || status === 414 ? 'Send fewer or shorter header fields.' : hint,
  });
  const head =
    `HTTP/1.1 ${status} ${reasons[status]}\r\nContent-Type: application/json; charset=utf-8\r\n` +
    `Content-Length: ${body.length}\r\nx-tollgate-error: bad_request\r\nConnection: close\r\n\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), body]);
}

const hint = 'Check the client: base URLs begin with http://, not https://.';

const reasons: Readonly<Record<Malformed['status'], string>> = {
  400: 'Bad Request',
  408: 'Request Timeout',
  414: 'URI Too Long',
  417: 'Expectation Failed',
  431: 'Request Header Fields Too Large',
  501: 'Not Implemented',
  505: 'HTTP Version Not Supported',
};

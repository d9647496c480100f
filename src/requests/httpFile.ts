import { wasRedacted } from '../shared/redacted.ts';
import { text } from '../shared/text.ts';
import type { RequestFormat } from './requestFormat.ts';

/** A request as `.http` files hold it. A credential that was redacted is left to Tollgate, which puts its own in. */
export const httpFile: RequestFormat = {
  id: 'http',
  title: text('.http file'),
  language: 'http',
  write({ method, url, headers, body }) {
    const lines = headers.map(([name, value]) => `${name}: ${wasRedacted(value) ? '{{$credential}}' : value}`);
    return `${[`${method} ${url}`, ...lines].join('\n')}\n${body === null ? '' : `\n${body}\n`}`;
  },
};

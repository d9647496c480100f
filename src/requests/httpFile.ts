import { wasRedacted } from '../shared/redacted.ts';
import { text } from '../shared/text.ts';
import { toBase64 } from './base64Text.ts';
import { literalVariable } from './fillIn.ts';
import type { RequestFormat } from './requestFormat.ts';

/** A request as `.http` files hold it. A credential that was redacted is left to Tollgate, which puts its own in. */
export const httpFile: RequestFormat = {
  id: 'http',
  title: text('.http file'),
  language: 'http',
  write({ method, url, headers, body, base64 }) {
    const lines = headers.map(([name, value]) => `${name}: ${wasRedacted(value) ? '{{$credential}}' : kept(value)}`);
    const sent = base64 === undefined ? body && kept(body) : `{{${literalVariable} ${base64}}}`;
    return `${[`${method} ${kept(url)}`, ...lines].join('\n')}\n${sent === null ? '' : `\n${sent}\n`}`;
  },
};

/** What the file's own grammar would take for something else, or drop: variables, separators, files, ends of lines. */
const taken = /\{\{|\r|^###|^\s*<(?=\s)|^\s+$(?![^])|\n+$(?![^])/gm;

function kept(value: string): string {
  if (value !== '' && value.trim() === '') return literal(value);
  return value.replace(taken, literal);
}

function literal(value: string): string {
  return `{{${literalVariable} ${toBase64(value)}}}`;
}

import { text } from '../shared/text.ts';
import type { RequestFormat } from './requestFormat.ts';

/** A command for a POSIX shell. */
export const curl: RequestFormat = {
  id: 'curl',
  title: text('cURL'),
  language: 'shellscript',
  write({ method, url, headers, body }) {
    const parts = [`curl ${quoted(url)}`];
    // What curl would make several addresses of, or shorten.
    if (/[[\]{}]/.test(url)) parts.push('--globoff');
    if (/\/\.{1,2}(?:\/|$|\?)/.test(url)) parts.push('--path-as-is');
    if (method !== (body === null ? 'GET' : 'POST'))
      parts.push(method === 'HEAD' ? '--head' : `--request ${quoted(method)}`);
    for (const [name, value] of headers)
      if (name.toLowerCase() !== 'accept-encoding')
        parts.push(`--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
    if (headers.some(([name]) => name.toLowerCase() === 'accept-encoding')) parts.push('--compressed');
    // Without it curl calls a body a form.
    if (body !== null && !headers.some(([name]) => name.toLowerCase() === 'content-type'))
      parts.push(`--header ${quoted('Content-Type:')}`);
    if (body !== null) parts.push(`--data-raw ${quoted(body)}`);
    return parts.join(' \\\n  ');
  },
};

function quoted(value: string): string {
  return /^[\w./:=@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

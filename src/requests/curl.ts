import { text } from '../shared/text.ts';
import { toBase64 } from './base64Text.ts';
import { hasBody, type PlainRequest } from './plainRequest.ts';
import type { RequestFormat } from './requestFormat.ts';

/** Characters that are sure to fit into one argument: Linux allows 128 KB. */
const longestArgument = 30_000;

/** A command for a POSIX shell. */
export const curl: RequestFormat = {
  id: 'curl',
  title: text('cURL'),
  language: 'shellscript',
  write(request) {
    const { method, url, headers, body } = request;
    const piped = pipedBody(request);
    const parts = [`curl ${quoted(url)}`];
    // What curl would make several addresses of, or shorten.
    if (/[[\]{}]/.test(url)) parts.push('--globoff');
    if (/\/\.{1,2}(?:\/|$|\?)/.test(url)) parts.push('--path-as-is');
    if (method !== (hasBody(request) ? 'POST' : 'GET'))
      parts.push(method === 'HEAD' ? '--head' : `--request ${quoted(method)}`);
    for (const [name, value] of headers)
      if (name.toLowerCase() !== 'accept-encoding')
        parts.push(`--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
    if (headers.some(([name]) => name.toLowerCase() === 'accept-encoding')) parts.push('--compressed');
    // Without it curl calls a body a form.
    if (hasBody(request) && !headers.some(([name]) => name.toLowerCase() === 'content-type'))
      parts.push(`--header ${quoted('Content-Type:')}`);
    if (piped !== null) parts.push('--data-binary @-');
    else if (body !== null) parts.push(`--data-raw ${quoted(body)}`);
    const command = parts.join(' \\\n  ');
    return piped === null ? command : `base64 --decode <<'END' | ${command}\n${piped}\nEND`;
  },
};

/** In base64, what no argument can hold: no text, a NUL, or too much. */
function pipedBody({ body, base64 }: PlainRequest): string | null {
  if (base64 === undefined && (body === null || (body.length <= longestArgument && !body.includes('\0')))) return null;
  const encoded = base64 ?? toBase64(body ?? '');
  return encoded.replace(/.{76}(?=.)/g, '$&\n');
}

function quoted(value: string): string {
  return /^[\w./:=@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

import type { Exchange } from '../../src/shared/exchange.ts';
import type { PanelBody } from '../../src/shared/panel.ts';

/** What curl sets itself, or sets better. */
const curlsOwn = new Set(['host', 'content-length', 'connection', 'transfer-encoding', 'accept-encoding', 'expect']);

/**
 * The request as a command for a POSIX shell. What was redacted stays so: the command says what to fill in. A body that
 * was cut or is binary is left out, which `complete` tells.
 */
export function toCurl(
  exchange: Exchange,
  body: PanelBody | null,
): { readonly command: string; readonly complete: boolean } {
  const { method, headers } = exchange.request;
  const text = body === null || body.truncated ? '' : (body.text ?? '');
  const complete = exchange.request.body.size === 0 || text !== '';
  const parts = [`curl ${quoted(exchange.url)}`];
  if (method !== (text === '' ? 'GET' : 'POST'))
    parts.push(method === 'HEAD' ? '--head' : `--request ${quoted(method)}`);
  for (const [name, value] of headers)
    if (!curlsOwn.has(name.toLowerCase()))
      parts.push(`--header ${quoted(value === '' ? `${name};` : `${name}: ${value}`)}`);
  if (headers.some(([name]) => name.toLowerCase() === 'accept-encoding')) parts.push('--compressed');
  if (text !== '') parts.push(`--data-raw ${quoted(text)}`);
  return { command: parts.join(' \\\n  '), complete };
}

function quoted(value: string): string {
  return /^[\w./:=@%+,-]+$/.test(value) ? value : `'${value.replaceAll("'", "'\\''")}'`;
}

import type { Fix, SourceEdit } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';
import { sourceOf } from './source/source.ts';

/** Points hard-coded addresses of the vendor's API at the gateway. Comments and links to other pages stay. */
export const useGateway: Fix = ({ document, finding, provider, apiUrl }) => {
  const source = document === null ? null : sourceOf(document);
  if (source === null || apiUrl === null) return [];
  const hosts = new Set([finding.host, ...(provider?.hosts ?? [])]);
  const called = finding.path.split('?', 1)[0] ?? '';
  const edits: SourceEdit[] = [];
  for (const token of source.tokens) {
    if (token.kind !== 'string') continue;
    const match = /^([rRuUfFbB]{0,2}(?:"""|'''|["'`]))(https?:\/\/([^/"'`?#\s]+))([^"'`?#\s]*)/.exec(token.text);
    const [, quote = '', origin = '', host = '', rest = ''] = match ?? [];
    if (match === null || !hosts.has(host.toLowerCase())) continue;
    const path = (/^[^${]*/.exec(rest)?.[0] ?? '').replace(/\/+$/, '');
    if (!called.startsWith(path) && !path.startsWith(called)) continue;
    const start = token.start + quote.length;
    edits.push({ start, end: start + origin.length, newText: apiUrl.replace(/\/+$/, '') });
  }
  if (edits.length === 0) return [];
  return [{ kind: 'edit', id: 'useGateway', title: text('Send these calls through the Tollgate gateway'), edits }];
};

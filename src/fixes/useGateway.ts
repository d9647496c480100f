import type { Fix, SourceEdit } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';
import { literalsIn } from './source/literals.ts';

/** Points hard-coded addresses of the vendor's API at the gateway. Comments and links to other pages stay. */
export const useGateway: Fix = ({ document, finding, provider, apiUrl }) => {
  if (document === null || apiUrl === null) return [];
  const hosts = new Set([finding.host, ...(provider?.hosts ?? [])]);
  const called = finding.path.split('?', 1)[0] ?? '';
  const edits: SourceEdit[] = [];
  for (const { value, start } of literalsIn(document)) {
    const [whole, origin = '', host = ''] = /^(https?:\/\/([^/"'`?#\s]+))[^"'`?#\s]*/.exec(value) ?? [];
    if (whole === undefined || !hosts.has(host.toLowerCase())) continue;
    const path = (/^[^${]*/.exec(whole.slice(origin.length))?.[0] ?? '').replace(/\/+$/, '');
    // What goes elsewhere than to the vendor may have a prefix there.
    if (!`${called}/`.includes(`${path}/`) && !path.startsWith(called)) continue;
    edits.push({ start, end: start + origin.length, newText: apiUrl.replace(/\/+$/, '') });
  }
  if (edits.length === 0) return [];
  return [{ kind: 'edit', id: 'useGateway', title: text('Send these calls through the Tollgate gateway'), edits }];
};

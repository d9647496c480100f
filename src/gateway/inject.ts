import type { HeaderList } from '../shared/exchange.ts';
import { replaceHeader } from './headers.ts';
import type { Injection } from './parts.ts';

/** Puts a credential where its API expects it, in the place of what stood there. */
export function inject(
  headers: HeaderList,
  path: string,
  { placement, value }: Injection,
): { readonly headers: HeaderList; readonly path: string } {
  if (placement.in === 'header')
    return {
      headers: replaceHeader(headers, placement.name, placement.scheme === '' ? value : `${placement.scheme} ${value}`),
      path,
    };
  const [, base = '', query = ''] = /^([^?]*)\??(.*)$/s.exec(path) ?? [];
  const others = query.split('&').filter((pair) => pair !== '' && pair.split('=', 1)[0] !== placement.name);
  return { headers, path: `${base}?${[...others, `${placement.name}=${encodeURIComponent(value)}`].join('&')}` };
}

import { isIP } from 'node:net';

/** Hosts by name: `api.example.com`, `.example.com` for all below it, `*` for any; each may end in `:port`. */
export interface HostList {
  /** `host` without brackets. */
  has(host: string, port: number): boolean;
}

/** Looks hosts up. An entry without a port holds for every port. */
export function hostList(entries: readonly string[]): HostList {
  const known = new Set(entries.map((entry) => canonical(entry)).filter((entry) => entry !== ''));
  return {
    has: (host, port) => {
      if (known.size === 0) return false;
      const name = canonicalHost(host);
      const either = (one: string): boolean => known.has(one) || known.has(`${one}:${port}`);
      if (either(name) || either('*')) return true;
      if (isIP(host) !== 0) return false;
      for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1))
        if (either(name.slice(dot))) return true;
      return false;
    },
  };
}

/** The entry as it is compared: lower case, `*.example.com` as `.example.com`, addresses of version 6 in brackets. */
export function canonical(entry: string): string {
  const text = entry.trim().toLowerCase();
  if (isIP(text) === 6) return `[${text}]`;
  return text.replace(/^\*\./, '.').replace(/\.(?=:|$)/, '');
}

/** A host as in a URL's authority. */
export function canonicalHost(host: string): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  return isIP(name) === 6 ? `[${name}]` : name;
}

/** The entry's host, without its port and brackets. */
export function hostOfEntry(entry: string): string {
  return canonical(entry)
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '');
}

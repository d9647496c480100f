/** Clients that did not accept our certificate for a host: they trust others only, or pin one. */
export interface Pins {
  /** Whether such a client's connection is to pass unread, so that it works. */
  has(host: string, fingerprint: string): boolean;
  /** It refused. Returns whether this is news. */
  refused(host: string, fingerprint: string): boolean;
  /** It accepted. */
  accepted(host: string, fingerprint: string): void;
  list(): readonly { readonly host: string; readonly until: number }[];
  clear(): void;
}

const first = 60_000;
const longest = 3_600_000;
const most = 1000;

/**
 * Remembers refusals: for a minute at first, so that the next try of the same client passes, and twice as long each time
 * that it refuses again.
 */
export function createPins(now = Date.now): Pins {
  const known = new Map<string, { readonly host: string; readonly until: number; readonly span: number }>();
  return {
    has: (host, fingerprint) => (known.get(`${host} ${fingerprint}`)?.until ?? 0) > now(),
    refused: (host, fingerprint) => {
      const key = `${host} ${fingerprint}`;
      const before = known.get(key);
      const span = before === undefined ? first : Math.min(longest, before.span * 2);
      if (before === undefined && known.size >= most) known.delete(known.keys().next().value ?? '');
      known.set(key, { host, span, until: now() + span });
      return before === undefined;
    },
    accepted: (host, fingerprint) => void known.delete(`${host} ${fingerprint}`),
    list: () => [...known.values()].filter(({ until }) => until > now()).map(({ host, until }) => ({ host, until })),
    clear: () => known.clear(),
  };
}

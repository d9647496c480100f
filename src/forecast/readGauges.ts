import { providerById, providerForHost } from '../providers/index.ts';
import { seconds } from '../rules/duration.ts';
import type { HeaderList } from '../shared/exchange.ts';
import type { Gauge, GaugeHeaders } from '../shared/gauge.ts';
import { rateLimitFamily } from './rateLimitFamily.ts';
import { rateLimitFields } from './rateLimitFields.ts';
import { remembered } from './remembered.ts';

/** An answer, as far as gauges are concerned. */
export interface GaugedAnswer {
  readonly provider: string | null;
  readonly host: string;
  /** When it came, in milliseconds since 1970, by our clock. */
  readonly at: number;
  readonly headers: HeaderList;
}

/** Seconds beyond which a time until a reset is taken for something else. */
const longestWait = 400 * 86_400;

const lowerCase = remembered((name) => name.toLowerCase());
/** Most answers have nothing of the kind, and are done with here. */
const mayTell = remembered((name) => /limit|quota|balance|codex|credit|remaining/.test(name));

/** Every gauge in the headers of an answer; none where it came from a cache, and tells of another time. */
export function readGauges({ provider, host, at, headers }: GaugedAnswer): readonly Gauge[] {
  const quotas = (provider === null ? providerForHost(host) : providerById(provider))?.quotas ?? {};
  const fields = new Map<string, string>();
  let tells = false;
  for (const [name, value] of headers) {
    const key = lowerCase(name);
    tells ||= mayTell(key);
    // Lists may be spread over several fields (RFC 9110, 5.3).
    const before = fields.get(key);
    fields.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  if (!tells) return [];
  if (Number(fields.get('age') ?? 0) > 0) return [];
  const date = Date.parse(fields.get('date') ?? '');
  const theirs = Number.isNaN(date) ? at : date;
  const lookup: GaugeHeaders = {
    get: (name) => fields.get(name),
    number: (name) => {
      const value = fields.get(name)?.trim() ?? '';
      return value === '' || Number.isNaN(Number(value)) ? null : Number(value);
    },
    moment: (value) => {
      const wait = value === undefined ? null : seconds(value, theirs);
      // Told by the vendor's clock, kept by ours.
      return wait === null || wait < 0 || wait > longestWait ? null : at + wait * 1000;
    },
  };
  const own = quotas.read?.(lookup) ?? [];
  const listed = rateLimitFields(lookup);
  // The same numbers stand in both notations where a server sends both.
  const family = listed.length > 0 ? [] : rateLimitFamily(fields.keys(), lookup, quotas);
  return unique([...own, ...listed, ...family].filter(isSound));
}

function isSound({ remaining, limit }: Gauge): boolean {
  return Number.isFinite(remaining) && (limit === null || (limit > 0 && remaining <= limit * 1.01));
}

/** The first of each name: what a vendor's own file reads goes before what names suggest. */
function unique(gauges: readonly Gauge[]): readonly Gauge[] {
  return gauges.filter(({ name }, index) => gauges.findIndex((other) => other.name === name) === index);
}

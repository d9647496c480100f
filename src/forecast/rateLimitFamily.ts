import { periods, type Gauge, type GaugeHeaders, type Quotas } from '../shared/gauge.ts';
import { remembered } from './remembered.ts';
import { fieldItems } from './structuredFields.ts';

type Role = 'limit' | 'remaining' | 'used' | 'reset' | 'renewalperiod';

/** What one header of the family says, by its name. */
export interface FamilyMember {
  readonly role: Role;
  /** What is left of the name: `requests`, `tokens-minute`, or nothing. */
  readonly subject: string;
}

/** Quotas with names alike: the headers of each role. */
type Family = Readonly<Record<string, Partial<Record<Role, string>>>>;

const marks = /^(?:(.*?)-)?(?:rate-?limits?|quota)-(.+)$/;

/**
 * What a header of the `ratelimit` family is about. Vendors put the same words in any order:
 * `x-ratelimit-remaining-tokens`, `anthropic-ratelimit-tokens-remaining`, `x-rate-limit-remaining-request-per-month`.
 * Null where it is none, or tells no number.
 */
export const familyMember = remembered((name): FamilyMember | null => {
  const [, prefix = '', rest] = marks.exec(name) ?? [];
  if (rest === undefined) return null;
  const words = rest.split('-');
  // What has a "hard limit" names its role last.
  const at = words.findLastIndex((word) => word in roles);
  const role = roles[words[at] ?? ''];
  if (role === undefined) return null;
  const subject = words.filter((word, index) => index !== at && word !== 'per' && word !== 'date').join('-');
  const owner = prefix.replace(/^x(?:-|$)/, '');
  return { role, subject: owner === '' ? subject : [owner, subject].filter((part) => part !== '').join(':') };
});

const roles: Readonly<Record<string, Role | undefined>> = {
  limit: 'limit',
  remaining: 'remaining',
  used: 'used',
  reset: 'reset',
  renewalperiod: 'renewalperiod',
};

/** The quotas that the headers of the family tell; `names` are all of the answer, in lower case. */
export function rateLimitFamily(
  names: Iterable<string>,
  headers: GaugeHeaders,
  { windows = {}, refills }: Quotas,
): readonly Gauge[] {
  const family: Record<string, Partial<Record<Role, string>>> = {};
  // One set of names for several quotas, with the one in question named beside it.
  const part = headers.get('x-ratelimit-resource');
  for (const name of names) {
    const member = familyMember(name);
    const value = member === null ? undefined : headers.get(name);
    if (member !== null && value !== undefined) (family[member.subject] ??= {})[member.role] = value;
  }
  return Object.entries(family satisfies Family)
    .flatMap(([subject, values]) =>
      aligned(values, policyOf(headers)).map(({ limit, remaining, used, reset, window }, index, all): Gauge | null => {
        const left = remaining ?? (limit !== null && used !== null ? limit - used : null);
        if (left === null) return null;
        const resetAt = headers.moment(reset ?? undefined);
        const period = window ?? periodOf(subject) ?? windows[subject] ?? numberIn(values.renewalperiod) ?? null;
        const parts = [part, subject === '' ? 'requests' : subject, ...(all.length > 1 ? [period ?? index] : [])];
        return {
          name: parts.filter((one) => one !== undefined).join('/'),
          kind: 'quota',
          unit: unitOf(subject),
          remaining: left,
          limit,
          window: period ?? (refills === true ? refillTime(headers, limit, left, resetAt) : null),
          resetAt,
        };
      }),
    )
    .filter((gauge) => gauge !== null);
}

interface Aligned {
  readonly limit: number | null;
  readonly remaining: number | null;
  readonly used: number | null;
  readonly reset: string | null;
  readonly window: number | null;
}

/** A header may tell several quotas at once, as in `1, 15000`; `100;w=60` tells the period too. */
function aligned(values: Partial<Record<Role, string>>, policy: string): readonly Aligned[] {
  const limits = fieldItems(values.limit ?? '');
  const remaining = fieldItems(values.remaining ?? '');
  const policies = fieldItems(policy);
  // A date has a comma of its own.
  const resets = /[a-z]{3},/i.test(values.reset ?? '') ? [values.reset ?? ''] : (values.reset ?? '').split(/\s*,\s*/);
  const count = Math.max(1, remaining.length);
  return Array.from({ length: count }, (_, index) => {
    const limit = limits[index];
    const number = numberIn(limit?.values[0]);
    // Of one number left and several limits, the first is the one closest to being reached (draft 03, 3.1).
    const described = [...limits, ...policies].find(
      ({ values: [first], parameters }) => parameters.w !== undefined && numberIn(first) === number,
    );
    const window = remaining[index]?.parameters.w ?? limit?.parameters.w ?? described?.parameters.w;
    return {
      limit: number,
      remaining: numberIn(remaining[index]?.values[0]),
      used: numberIn(fieldItems(values.used ?? '')[index]?.values[0]),
      reset: resets[index] ?? null,
      window: numberIn(window),
    };
  });
}

function policyOf({ get }: GaugeHeaders): string {
  return get('ratelimit-policy') ?? get('x-ratelimit-policy') ?? '';
}

function numberIn(text: string | undefined): number | null {
  return text !== undefined && /^-?\d+(?:\.\d+)?$/.test(text.trim()) ? Number(text) : null;
}

const spelled: Readonly<Record<string, number>> = {
  ...periods,
  ...{ min: 60, sec: 1, daily: periods.day, hourly: periods.hour, monthly: periods.month, weekly: periods.week },
  year: 366 * periods.day,
};

const periodOf = remembered((subject): number | null => {
  for (const word of subject.split(/[-:]/)) {
    const known = spelled[word];
    if (known !== undefined) return known;
    const [, count, unit = ''] = /^(\d+)(h|hour|d|day|m|min|minute)s?$/.exec(word) ?? [];
    if (count !== undefined) return Number(count) * (unit.startsWith('h') ? 3600 : unit.startsWith('d') ? 86_400 : 60);
  }
  return null;
});

/** Singular and plural, `req` and `requests` are the same thing; a quota that names nothing counts requests. */
const unitOf = remembered((subject): string => {
  const words = subject.split(/[-:]/).filter((word) => word !== '' && periodOf(word) === null);
  const thing = words.find((word) =>
    /^(?:req|requests?|tokens?|records?|credits?|pages|images?|seconds|points?)$/.test(word),
  );
  if (thing === undefined) return 'requests';
  if (thing.startsWith('req')) return 'requests';
  return thing.endsWith('s') ? thing : `${thing}s`;
});

/** Seconds in which a bucket fills from empty, from how long the part that is missing takes. Null while it is full. */
function refillTime(
  { moment }: GaugeHeaders,
  limit: number | null,
  left: number,
  resetAt: number | null,
): number | null {
  const now = moment('0');
  if (limit === null || resetAt === null || now === null || left >= limit) return null;
  return ((resetAt - now) / 1000) * (limit / (limit - left));
}

import type { Evidence } from '../shared/finding.ts';
import type { Rule } from './rule.ts';
import type { View } from './view.ts';

const hour = 3600;

/** A quota of hours or longer that headers show to be used up, where the body may say nothing at all. */
export const quotaHeaders: Rule = {
  name: 'quotaHeaders',
  look(view) {
    if (view.successful) return null;
    const evidence = exhausted(view);
    return evidence === null
      ? null
      : { cause: 'usage_quota_exceeded', confidence: 0.85, evidence: [evidence], alternatives: ['rate_limit'] };
  },
};

const longPeriods = [
  'x-ratelimit-remaining-day',
  'x-ratelimit-remaining-month',
  'x-ratelimit-remaining-year',
  'x-rate-limit-remaining-request-per-month',
  'x-rate-limit-remaining-record-per-month',
  'x-quota-remaining',
];

function exhausted(view: View): Evidence | null {
  if (view.header('x-codex-primary-used-percent') === '100') return of('x-codex-primary-used-percent', '100');
  for (const name of longPeriods) if (view.header(name) === '0') return of(name, '0');
  // `0;w=21600` (Docker Hub) and the fields of draft-ietf-httpapi-ratelimit-headers: `"daily";r=0;t=4000`.
  const remaining = view.header('ratelimit-remaining');
  const window = /^0;w=(\d+)/.exec(remaining ?? '')?.[1];
  if (remaining !== undefined && Number(window ?? 0) >= hour) return of('ratelimit-remaining', remaining);
  const policy = view.header('ratelimit-policy') ?? '';
  for (const [, name = '', reset = '0'] of (view.header('ratelimit') ?? '').matchAll(/"([^"]+)";r=0(?:;t=(\d+))?/g)) {
    const span = new RegExp(`"${name.replaceAll(/[^\\w-]/g, '.')}"[^,]*;w=(\\d+)`).exec(policy)?.[1];
    if (Number(span ?? reset) >= hour) return of('ratelimit', `"${name}";r=0`);
  }
  return null;
}

function of(path: string, quote: string): Evidence {
  return { source: 'header', path, quote };
}

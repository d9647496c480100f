import type { Gauge, GaugeHeaders } from '../shared/gauge.ts';
import { fieldItems, type FieldItem } from './structuredFields.ts';

/**
 * The `RateLimit` and `RateLimit-Policy` fields of draft-ietf-httpapi-ratelimit-headers: lists of named quotas since
 * draft 08 (`"daily";r=50;t=30`), one dictionary before (`limit=100, remaining=50, reset=30`).
 */
export function rateLimitFields({ get, moment }: GaugeHeaders): readonly Gauge[] {
  const field = get('ratelimit');
  if (field === undefined) return [];
  const items = fieldItems(field);
  const policies = fieldItems(get('ratelimit-policy') ?? '');
  const dictionary = Object.assign({}, ...items.map(({ parameters }) => parameters)) as FieldItem['parameters'];
  const listed = items.filter(({ parameters }) => parameters.r !== undefined);
  if (listed.length === 0) {
    const remaining = number(dictionary.remaining);
    if (remaining === null) return [];
    const limit = number(dictionary.limit);
    const policy = policies.find(({ values }) => limit === null || number(values[0]) === limit) ?? policies[0];
    return [
      {
        ...{ name: 'requests', kind: 'quota', unit: 'requests', remaining, limit },
        ...{ window: number(policy?.parameters.w), resetAt: moment(dictionary.reset) },
      },
    ];
  }
  return listed.flatMap(({ values, parameters }) => {
    const remaining = number(parameters.r);
    const [name = ''] = values;
    // Where a partition has a name of its own, both stand in the policy.
    const policy =
      policies.find((one) => one.values.includes(name)) ?? (policies.length === 1 ? policies[0] : undefined);
    if (remaining === null) return [];
    return {
      name,
      kind: 'quota',
      unit: policy?.parameters.qu ?? 'requests',
      remaining,
      limit: number(policy?.parameters.q),
      window: number(policy?.parameters.w),
      resetAt: moment(parameters.t),
    };
  });
}

function number(text: string | undefined): number | null {
  return text !== undefined && /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : null;
}

import type { Gauge, Quotas } from '../../shared/gauge.ts';

/**
 * A key's limits are buckets that fill again bit by bit. A ChatGPT subscription tells two windows and its credits:
 * `x-codex-primary-used-percent`, `-window-minutes`, `-reset-at` or `-reset-after-seconds`, `x-codex-credits-balance`.
 */
export const openaiQuotas: Quotas = {
  refills: true,
  read: ({ get, number, moment }) => {
    const windows = (['primary', 'secondary'] as const).flatMap((name): readonly Gauge[] => {
      const used = number(`x-codex-${name}-used-percent`);
      const minutes = number(`x-codex-${name}-window-minutes`) ?? 0;
      if (used === null) return [];
      return [
        {
          ...{ name: `subscription/${name}`, kind: 'quota', unit: '%', limit: 100, remaining: 100 - used },
          window: minutes > 0 ? minutes * 60 : null,
          resetAt: moment(get(`x-codex-${name}-reset-after-seconds`) ?? get(`x-codex-${name}-reset-at`)),
        },
      ];
    });
    const credits = number('x-codex-credits-balance');
    const counts = get('x-codex-credits-has-credits') !== 'false' && get('x-codex-credits-unlimited') !== 'true';
    if (!counts || credits === null) return windows;
    return [
      ...windows,
      {
        name: 'credits',
        kind: 'balance',
        unit: 'credits',
        remaining: credits,
        limit: null,
        window: null,
        resetAt: null,
      },
    ];
  },
};

import { periods, type Gauge, type Quotas } from '../../shared/gauge.ts';

/** Subscriptions are told as shares of five hours and of a week: `anthropic-ratelimit-unified-5h-utilization: 0.42`. */
export const anthropicQuotas: Quotas = {
  read: ({ get, number, moment }) =>
    (
      [
        ['5h', 5 * periods.hour],
        ['7d', periods.week],
      ] as const
    ).flatMap(([span, window]): readonly Gauge[] => {
      const share = number(`anthropic-ratelimit-unified-${span}-utilization`);
      if (share === null) return [];
      return [
        {
          ...{ name: `subscription/${span}`, kind: 'quota', unit: '%', limit: 100, window },
          remaining: 100 - share * 100,
          resetAt: moment(get(`anthropic-ratelimit-unified-${span}-reset`)),
        },
      ];
    }),
};

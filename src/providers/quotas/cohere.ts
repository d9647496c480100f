import { periods, type Quotas } from '../../shared/gauge.ts';

/** Trial keys tell what is left of their calls this month. */
export const cohereQuotas: Quotas = {
  read: ({ get }) => {
    const limit = Number(get('x-endpoint-monthly-call-limit') || NaN);
    const remaining = Number(get('x-trial-endpoint-call-remaining') || NaN);
    if (Number.isNaN(remaining)) return [];
    return [
      {
        ...{ name: 'calls/month', kind: 'quota', unit: 'calls', remaining, window: periods.month, resetAt: null },
        limit: Number.isNaN(limit) ? null : limit,
      },
    ];
  },
};

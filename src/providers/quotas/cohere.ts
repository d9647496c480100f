import { periods, type Quotas } from '../../shared/gauge.ts';

/** Trial keys tell what is left of their calls this month. */
export const cohereQuotas: Quotas = {
  read: ({ number }) => {
    const limit = number('x-endpoint-monthly-call-limit');
    const remaining = number('x-trial-endpoint-call-remaining');
    if (remaining === null) return [];
    return [
      {
        ...{ name: 'calls/month', kind: 'quota', unit: 'calls', remaining, window: periods.month, resetAt: null },
        limit,
      },
    ];
  },
};

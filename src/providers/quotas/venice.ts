import type { Gauge, Quotas } from '../../shared/gauge.ts';

const balances = [
  ['x-venice-balance-usd', 'USD'],
  ['x-venice-balance-diem', 'DIEM'],
] as const;

/** Every answer tells the balances as they were before the call; one that the account does not use is 0. */
export const veniceQuotas: Quotas = {
  read: ({ number }) => {
    const told = balances.flatMap(([header, unit]): readonly Gauge[] => {
      const amount = number(header);
      if (amount === null) return [];
      return [
        { name: `balance ${unit}`, kind: 'balance', unit, remaining: amount, limit: null, window: null, resetAt: null },
      ];
    });
    // Of two purses the full one pays.
    const full = told.filter(({ remaining }) => remaining > 0);
    return full.length > 0 ? full : told.slice(0, 1);
  },
};

import { periods, type Gauge, type Quotas } from '../../shared/gauge.ts';

/** `x-quota-snapshot-<what>: ent=300&ov=0.0&ovPerm=false&rem=41.7&rst=2026-12-01T00%3A00%3A00Z`, `rem` in percent. */
export const githubCopilotQuotas: Quotas = {
  read: ({ get, moment }) =>
    ['chat', 'completions', 'premium_models', 'premium_interactions'].flatMap((what): readonly Gauge[] => {
      const snapshot = new URLSearchParams(get(`x-quota-snapshot-${what}`) ?? '');
      const [entitled, percent] = [Number(snapshot.get('ent')), snapshot.get('rem')];
      // Nothing is entitled to whom the quota does not concern, and -1 is no limit; what costs extra goes on.
      if (percent === null || !(entitled > 0) || snapshot.get('ovPerm') === 'true') return [];
      return [
        {
          ...{ name: what, kind: 'quota', unit: what.replaceAll('_', ' '), window: periods.month },
          limit: entitled,
          remaining: Math.max(0, (entitled * Number(percent)) / 100),
          resetAt: moment(snapshot.get('rst') ?? undefined),
        },
      ];
    }),
};

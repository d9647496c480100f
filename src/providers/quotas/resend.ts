import { periods, type Gauge, type Quotas } from '../../shared/gauge.ts';

/** What the free plan allows, https://resend.com/docs/knowledge-base/account-quotas-and-limits; paid plans do not send it. */
const freeEmails = [
  ['x-resend-daily-quota', 'emails/day', 100, periods.day],
  ['x-resend-monthly-quota', 'emails/month', 3000, periods.month],
] as const;

/** The headers tell how many were sent. */
export const resendQuotas: Quotas = {
  read: ({ number }) =>
    freeEmails.flatMap(([header, name, limit, window]): readonly Gauge[] => {
      const sent = number(header);
      if (sent === null || sent > limit) return [];
      return [{ name, kind: 'quota', unit: 'emails', remaining: limit - sent, limit, window, resetAt: null }];
    }),
};

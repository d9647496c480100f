import { accountSuspended } from './accountSuspended.ts';
import { cardDeclined } from './cardDeclined.ts';
import { configuration } from './configuration.ts';
import { fundsMissing, fundsOrLimit } from './fundsMissing.ts';
import { paymentMethodExpired } from './paymentMethodExpired.ts';
import { paymentMethodInvalid } from './paymentMethodInvalid.ts';
import { paymentServiceOutage } from './paymentServiceOutage.ts';
import { planUpgrade } from './planUpgrade.ts';
import { rateLimit } from './rateLimit.ts';
import { regionOrPolicy } from './regionOrPolicy.ts';
import { spendLimit } from './spendLimit.ts';
import { subscriptionExpired, subscriptionNone } from './subscriptionExpired.ts';
import { subscriptionMissing } from './subscriptionMissing.ts';
import { tokenInvalid } from './tokenInvalid.ts';
import { usagePeriod, usageQuota } from './usageQuota.ts';
import type { Wording } from './wording.ts';

/** Narrow causes before the wide ones whose words they share. */
export const wordings: readonly Wording[] = [
  regionOrPolicy,
  paymentMethodExpired,
  cardDeclined,
  paymentServiceOutage,
  paymentMethodInvalid,
  configuration,
  subscriptionNone,
  subscriptionExpired,
  accountSuspended,
  fundsOrLimit,
  spendLimit,
  usagePeriod,
  planUpgrade,
  rateLimit,
  usageQuota,
  fundsMissing,
  tokenInvalid,
  subscriptionMissing,
];

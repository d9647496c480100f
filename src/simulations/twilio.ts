import type { Answer, Refusals } from './answer.ts';

const twilioError = (status: number, code: number, message: string): Answer => ({
  status,
  body: { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status },
});
/** https://www.twilio.com/docs/api/errors */
export const twilio: Refusals = {
  token_expired_or_invalid: () => twilioError(401, 20003, 'Authenticate'),
  account_suspended: () => twilioError(403, 20005, 'Account not active'),
  rate_limit: () => twilioError(429, 20429, 'Too Many Requests'),
  usage_quota_exceeded: () => twilioError(429, 63038, 'Account exceeded the 50 daily messages limit'),
  plan_upgrade_required: () =>
    twilioError(400, 21608, 'The number is unverified. Trial accounts cannot send messages to unverified numbers.'),
  region_or_policy: () => twilioError(400, 21408, 'Permission to send an SMS has not been enabled for the region'),
};

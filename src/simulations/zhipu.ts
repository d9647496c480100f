import type { Refusals } from './answer.ts';

const zhipuError = (status: number, code: string, message: string) => ({ status, body: { error: { code, message } } });
/** https://docs.z.ai/api-reference/api-code: numbers that stand as strings. */
export const zhipu: Refusals = {
  insufficient_funds: () => zhipuError(429, '1113', 'Insufficient balance or no resource package. Please recharge.'),
  account_suspended: () => zhipuError(401, '1112', 'Your account has been locked. Please contact customer service.'),
  rate_limit: () => zhipuError(429, '1302', 'High concurrency usage of this API, please reduce concurrency'),
  usage_quota_exceeded: (scene) =>
    zhipuError(
      429,
      '1308',
      `Usage limit reached for 5 hour. Your limit will reset at ${new Date(scene.now + 9_000_000).toISOString().slice(0, 19).replace('T', ' ')}`,
    ),
  subscription_expired: () => zhipuError(429, '1309', 'Your GLM Coding Plan package has expired.'),
  plan_upgrade_required: ({ model }) => zhipuError(429, '1311', `Your current plan does not include ${model}.`),
  token_expired_or_invalid: () => zhipuError(401, '1002', 'Authentication token is invalid'),
};

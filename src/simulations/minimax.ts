import type { Refusals } from './answer.ts';

/** https://platform.minimax.io/docs: 200 on the wire, the refusal in `base_resp`. */
const minimaxError = (code: number, message: string) => ({
  status: 200,
  body: { base_resp: { status_code: code, status_msg: message } },
});
export const minimax: Refusals = {
  insufficient_funds: () => minimaxError(1008, 'insufficient balance'),
  rate_limit: () => minimaxError(1002, 'rate limit'),
  token_expired_or_invalid: () => minimaxError(1004, 'login fail: the API key is invalid'),
  usage_quota_exceeded: () => minimaxError(2056, 'usage limit exceeded'),
};

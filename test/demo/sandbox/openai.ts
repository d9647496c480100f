import { newId, type Vendor } from './answer.ts';
import { chatCompletion } from './chat.ts';
import type { Ledger } from './ledger.ts';

/** Says `insufficient_quota` behind a 429 until the account is topped up, as OpenAI does for want of credit. */
export function openai(ledger: Ledger): Vendor {
  return (call) => {
    const headers = { 'x-request-id': newId('req_'), 'openai-processing-ms': '21' };
    if (!call.path.endsWith('/chat/completions')) {
      const error = {
        message: `Unknown request URL: ${call.path}`,
        type: 'invalid_request_error',
        param: null,
        code: 'unknown_url',
      };
      return { status: 404, headers, body: { error } };
    }
    if (ledger.spendCall('openai')) return chatCompletion(call, headers);
    const message = 'You exceeded your current quota, please check your plan and billing details.';
    const error = { message, type: 'insufficient_quota', param: null, code: 'insufficient_quota' };
    return { status: 429, headers, body: { error } };
  };
}

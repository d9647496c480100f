import { newId, type Vendor } from './answer.ts';
import { chatCompletion } from './chat.ts';
import type { Ledger } from './ledger.ts';

/** A plain 402 until the account is topped up. Its `code` is misleading, as DeepSeek's is. */
export function deepseek(ledger: Ledger): Vendor {
  return (call) => {
    const headers = { 'x-ds-trace-id': newId('') };
    if (ledger.spendCall('deepseek')) return chatCompletion(call, headers);
    const error = {
      message: 'Insufficient Balance',
      type: 'unknown_error',
      param: null,
      code: 'invalid_request_error',
    };
    return { status: 402, headers, body: { error } };
  };
}

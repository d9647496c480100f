import { newId, type Vendor } from './answer.ts';
import { chatCompletion } from './chat.ts';
import type { Ledger } from './ledger.ts';

/** What a call costs, in USD. */
const callPrice = 0.02;

/** A plain 402 until the account is topped up; tells the balance. Its `code` is misleading, as DeepSeek's is. */
export function deepseek(ledger: Ledger): Vendor {
  return (call) => {
    const headers = { 'x-ds-trace-id': newId('') };
    if (call.path === '/user/balance') {
      const amount = (ledger.callsLeft('deepseek') * callPrice).toFixed(2);
      const balance = { currency: 'USD', total_balance: amount, granted_balance: '0.00', topped_up_balance: amount };
      return { status: 200, headers, body: { is_available: amount !== '0.00', balance_infos: [balance] } };
    }
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

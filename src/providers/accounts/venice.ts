import type { AccountCheck } from '../../shared/account.ts';
import { text } from '../../shared/text.ts';
import { at, number, string } from './json.ts';
import { balance, blocked, unlimited } from './reading.ts';

/** https://docs.venice.ai/api-reference/endpoint/billing/balance: the currency that calls consume counts. */
export const veniceChecks: readonly AccountCheck[] = [
  {
    id: 'balance',
    covers: 'account',
    path: '/api/v1/billing/balance',
    read: (json) => {
      const may = at(json, 'canConsume');
      const currency = string(json, 'consumptionCurrency') ?? 'USD';
      const amount = number(json, 'balances', currency.toLowerCase()) ?? number(json, 'balances', currency);
      if (may === false) return blocked(amount, currency, text('Venice says that the account cannot pay for calls.'));
      if (amount !== null && (may !== true || amount > 0)) return balance(amount, currency);
      return may === true ? unlimited() : null;
    },
  },
];

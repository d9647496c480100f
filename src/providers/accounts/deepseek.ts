import type { AccountCheck } from '../../shared/account.ts';
import { amountText } from '../../shared/account.ts';
import { text } from '../../shared/text.ts';
import { at, list, number, string } from './json.ts';
import { balance, blocked } from './reading.ts';

/** https://api-docs.deepseek.com/api/get-user-balance: amounts are texts, one entry a currency. */
export const deepseekChecks: readonly AccountCheck[] = [
  {
    id: 'balance',
    covers: 'account',
    path: '/user/balance',
    read: (json) => {
      const balances = list(json, 'balance_infos').flatMap((entry) => {
        const amount = number(entry, 'total_balance');
        const unit = string(entry, 'currency');
        return amount === null || unit === null ? [] : [{ amount, unit }];
      });
      const most = balances.toSorted((a, b) => b.amount - a.amount)[0];
      if (most === undefined) return null;
      if (at(json, 'is_available') !== false) return balance(most.amount, most.unit);
      const left = amountText(most.amount, most.unit);
      return blocked(
        most.amount,
        most.unit,
        text('The balance of {0} does not suffice for calls, DeepSeek says.', left),
      );
    },
  },
];

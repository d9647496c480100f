import type { AccountCheck } from '../../shared/account.ts';
import { amountText } from '../../shared/account.ts';
import { text } from '../../shared/text.ts';
import { at, number } from './json.ts';
import { allowance, balance, blocked, doubt } from './reading.ts';

/** https://api.deepinfra.com/docs: a negative `stripe_balance` is prepaid credit, a positive one is owed. In USD. */
export const deepinfraChecks: readonly AccountCheck[] = [
  {
    id: 'checklist',
    covers: 'account',
    path: '/payment/checklist?compute_owed=true',
    read: (json) => {
      const owed = number(json, 'stripe_balance');
      if (owed === null) return null;
      const left = owed === 0 ? 0 : -owed;
      if (at(json, 'suspended') === true) return blocked(left, 'USD', text('DeepInfra has suspended the account.'));
      if (left > 0) return balance(left, 'USD');
      const limit = number(json, 'limit');
      const recent = number(json, 'recent');
      if (limit !== null && limit > 0 && recent !== null) return allowance(recent, limit, 'USD');
      return doubt(
        'no_balance',
        text('Nothing is prepaid, {0} owed; the account is billed afterwards.', amountText(owed, 'USD')),
        { amount: left, unit: 'USD' },
      );
    },
  },
];

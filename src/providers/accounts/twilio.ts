import type { AccountCheck } from '../../shared/account.ts';
import { list, number, string } from './json.ts';
import { balance } from './reading.ts';

/** https://www.twilio.com/docs/usage/api/balance: the main account's; subaccounts have none of their own. */
export const twilioChecks: readonly AccountCheck[] = [
  {
    id: 'balance',
    covers: 'account',
    before: {
      path: '/2010-04-01/Accounts.json',
      find: (json) => {
        const accounts = list(json, 'accounts');
        const isMain = (account: unknown): boolean =>
          string(account, 'sid') !== null && string(account, 'sid') === string(account, 'owner_account_sid');
        const sid = string(accounts.find(isMain) ?? accounts[0], 'sid');
        return sid === null ? null : { sid };
      },
    },
    path: '/2010-04-01/Accounts/{sid}/Balance.json',
    read: (json) => {
      const amount = number(json, 'balance');
      return amount === null ? null : balance(amount, string(json, 'currency') ?? 'USD');
    },
  },
];

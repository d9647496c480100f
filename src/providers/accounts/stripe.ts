import type { AccountCheck } from '../../shared/account.ts';
import { amountText } from '../../shared/account.ts';
import { text } from '../../shared/text.ts';
import { list, number, string } from './json.ts';
import { doubt } from './reading.ts';

/** https://docs.stripe.com/currencies#zero-decimal */
const withoutCents = /^(?:BIF|CLP|DJF|GNF|JPY|KMF|KRW|MGA|PYG|RWF|UGX|VND|VUV|XAF|XOF|XPF)$/;

/** https://docs.stripe.com/api/balance: the merchant's, in minor units. A declined card is that of the customer. */
export const stripeChecks: readonly AccountCheck[] = [
  {
    id: 'balance',
    covers: 'account',
    path: '/v1/balance',
    read: (json) => {
      const [first] = list(json, 'available');
      const minor = number(first, 'amount');
      const unit = string(first, 'currency')?.toUpperCase();
      if (minor === null || unit === undefined) return null;
      const amount = withoutCents.test(unit) ? minor : minor / 100;
      const sentence = text(
        'The merchant’s balance is {0}. A declined card is the customer’s, of which Stripe tells nothing here.',
        amountText(amount, unit),
      );
      return doubt('not_the_payer', sentence, { amount, unit });
    },
  },
];

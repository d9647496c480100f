import {
  amountText,
  numberText,
  type AccountDoubt,
  type AccountFigures,
  type AccountReading,
} from '../../shared/account.ts';
import { text, type Text } from '../../shared/text.ts';

/** What is left of a balance. Zero and less is unfunded. */
export function balance(exact: number, unit: string, more: AccountFigures = {}): AccountReading {
  const amount = tidy(exact);
  const figures = { amount, unit, ...more };
  if (amount <= 0)
    return known(
      'unfunded',
      figures,
      text('The account has no funds left: its balance is {0}.', amountText(amount, unit)),
    );
  return known('funded', figures, text('{0} left.', amountText(amount, unit)));
}

/** What is left of an allowance. `resetAt` is in milliseconds since 1970. */
export function allowance(used: number, limit: number, unit: string, resetAt: number | null = null): AccountReading {
  const figures = { amount: tidy(limit - used), unit, limit, used, ...(resetAt === null ? {} : { resetAt }) };
  const [left, most] = [numberText(limit - used, unit), amountText(limit, unit)];
  if (used < limit) return known('funded', figures, text('{0} of {1} left.', left, most));
  if (resetAt === null) return known('unfunded', figures, text('All of {0} is used up.', most));
  return known('unfunded', figures, text('All of {0} is used up until {1}.', most, moment(resetAt)));
}

/** The tightest of several allowances. */
export function tightest(readings: readonly AccountReading[]): AccountReading | null {
  const share = ({ figures: { amount = 0, limit = 0 } }: AccountReading): number => (limit === 0 ? 0 : amount / limit);
  return readings.toSorted((a, b) => share(a) - share(b))[0] ?? null;
}

/** No limit at all. */
export function unlimited(): AccountReading {
  return known('funded', {}, text('The account has no limit.'));
}

/** The vendor itself says that it does not let the account spend. */
export function blocked(amount: number | null, unit: string, sentence: Text): AccountReading {
  return known('unfunded', amount === null ? {} : { amount, unit }, sentence);
}

/** The endpoint tells what was spent, not what is left. */
export function spent(used: number, unit: string): AccountReading {
  return doubt('no_balance', text('{0} spent; how much is left is not told.', amountText(used, unit)), { used, unit });
}

/** A number that is known to lag: what is left may be less by now. */
export function lagging(reading: AccountReading): AccountReading {
  const { amount, unit } = reading.figures;
  if (reading.state !== 'funded' || amount === undefined || unit === undefined) return reading;
  const sentence = text(
    '{0} left when it was last settled; what was spent since is not in it.',
    amountText(amount, unit),
  );
  return { ...reading, state: 'stale', sentence };
}

/** It cannot be told whether the account has funds. */
export function doubt(why: AccountDoubt, sentence: Text, figures: AccountFigures = {}): AccountReading {
  return { state: 'unknown', why, figures, sentence };
}

function known(state: 'funded' | 'unfunded', figures: AccountFigures, sentence: Text): AccountReading {
  return { state, why: null, figures, sentence };
}

/** Without what binary fractions leave behind. */
function tidy(amount: number): number {
  return Number(amount.toFixed(9));
}

/** A time as it reads anywhere, in UTC. */
function moment(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

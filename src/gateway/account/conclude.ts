import type { AccountReading } from '../../shared/account.ts';
import { text } from '../../shared/text.ts';
import { doubt } from '../../providers/accounts/reading.ts';

/** What one check said, and of what. */
export interface Said {
  readonly covers: 'account' | 'key';
  readonly reading: AccountReading;
}

/**
 * One answer out of several: who cannot pay by one of them cannot pay. A key's own limit does not tell that the account
 * behind it has funds, so then the account's answer counts.
 */
export function conclude(said: readonly Said[]): AccountReading {
  const readings = said.map(({ reading }) => reading);
  const account = said.filter(({ covers }) => covers === 'account').map(({ reading }) => reading);
  const of = (state: AccountReading['state'], among: readonly AccountReading[]): readonly AccountReading[] =>
    among.filter((reading) => reading.state === state);
  const funded = of('funded', account).length > 0 ? of('funded', readings).toSorted(byAmount) : [];
  return (
    of('unfunded', readings)[0] ??
    of('stale', account)[0] ??
    funded[0] ??
    of('unknown', account)[0] ??
    readings[0] ??
    doubt('no_endpoint', text('There is no endpoint to ask.'))
  );
}

function byAmount(a: AccountReading, b: AccountReading): number {
  return (a.figures.amount ?? Infinity) - (b.figures.amount ?? Infinity);
}

import type { AccountAnswer, AccountCheck, AccountReading } from '../../shared/account.ts';
import { text } from '../../shared/text.ts';
import { doubt } from './reading.ts';

/**
 * What an answer to a check says. Only a successful answer can tell of funds: that a key may not ask is no sign of an
 * empty account. `title` is the vendor's, `json` undefined where the body is none.
 */
export function interpret(check: AccountCheck, title: string, json: unknown, answer: AccountAnswer): AccountReading {
  const { status } = answer;
  if (status >= 200 && status < 300) {
    const reading = json === undefined ? null : check.read(json, answer);
    return reading ?? doubt('unreadable', text('{0} answered in a form that Tollgate does not know.', title));
  }
  if (status === 403 || (status === 401 && check.managementKey !== undefined))
    return doubt(
      'key_may_not_ask',
      text('{0} does not let this key ask ({1}). That says nothing about funds.', title, status),
    );
  if (status === 401)
    return doubt(
      'unauthorized',
      text('{0} did not accept the credential (401), so it may be wrong, expired or not allowed to ask.', title),
    );
  if (status === 404 || status === 405 || status === 410)
    return doubt('no_endpoint', text('{0} no longer tells it there ({1}).', title, status));
  if (status === 429 || status >= 500)
    return doubt('busy', text('{0} could not tell just now ({1}). Try again later.', title, status));
  return doubt('unreadable', text('{0} answered the question with {1}.', title, status));
}

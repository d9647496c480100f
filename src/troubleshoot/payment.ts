import { accountSentence, amountText, type AccountReport } from '../shared/account.ts';
import type { Diagnosis, Party } from '../shared/finding.ts';
import { text, type Text } from '../shared/text.ts';
import type { Step, StepAction, StepFact } from '../shared/troubleshooting.ts';
import { stepOf, type Known } from './known.ts';
import { call, fact, moment, page, step } from './step.ts';

/** Step 1: whether the account can pay, and who has to see to it. */
export function paymentStep(known: Known): Step {
  const { exchange, account } = known;
  const { diagnosis } = exchange;
  const facts = [...accountFacts(account), ...refusalFacts(diagnosis), ...budgetFacts(known)];
  const said = account === null ? notAsked(known) : accountSentence(account, true);
  const outcome = (state: Step['state'], ...sentences: readonly (Text | null)[]): Step =>
    step('payment', state, sentences, { facts, actions: actions(known) });

  if (exchange.failure?.code === 'budget_exceeded') return outcome('problem', ownBudget);
  // A rehearsal says nothing about the account.
  if (diagnosis === null || stepOf[diagnosis.cause] !== 'payment' || exchange.simulated) {
    if (account === null || account.state === 'unknown') return outcome('unknown', said);
    return outcome(canPay(account) ? 'ok' : 'problem', said);
  }
  const other = somebodyElse[diagnosis.responsibleParty];
  if (other !== undefined) return outcome('needsYou', other, account === null ? null : said);
  const { cause } = diagnosis;
  if (cause === 'payment_protocol_challenge') return outcome('needsYou', pricedCalls);
  if (cause === 'payment_service_outage') return outcome('problem', outOfOrder);
  if (cause === 'payment_method_invalid' || cause === 'payment_method_expired' || cause === 'card_declined')
    return outcome('problem', text('The way of paying is refused. Look at it on the billing page.'), said);
  if (account === null || account.state === 'unknown') return outcome('problem', text('So says the refusal.'), said);
  if (!canPay(account)) return outcome('problem', said);
  if (known.history?.servedSince != null) return outcome('ok', said, servedSince);
  const { affordableTokens = Infinity, requestedTokens = 0 } = diagnosis.facts;
  if (account.need === null && affordableTokens < requestedTokens)
    return outcome(
      'problem',
      said,
      text('That covered {0} of the {1} tokens that the call asked for.', affordableTokens, requestedTokens),
    );
  if (account.state === 'stale' || account.need !== null) return outcome('needsYou', said, replayTells);
  return outcome(
    'needsYou',
    said,
    text('The refusal says otherwise, so a limit of its own may lie below that.'),
    replayTells,
  );
}

const pricedCalls = text('The price is asked for with each call: pay it, or call without an offer to pay.');
const ownBudget = text(
  'Your own budget is spent: Tollgate refused the call, and the provider was not asked. Raise it in tollgate.jsonc, or wait for its next period.',
);
const outOfOrder = text('The provider’s payment service is out of order. Nothing is wrong with your account.');
const servedSince = text('The same call was served since, so this is over.');
const replayTells = text('A replay tells whether it is over.');

/** Whether what is left covers the call, as far as the vendor tells. */
function canPay({ state, figures, need }: AccountReport): boolean {
  return state !== 'unfunded' && (need === null || figures.amount === undefined || figures.amount >= need);
}

const somebodyElse: Readonly<Partial<Record<Party, Text>>> = {
  gateway_operator: text(
    'The account that is empty belongs to whoever runs the gateway in between: topping up yours does not help.',
  ),
  end_customer: text(
    'The payment that failed is your customer’s: your own account with the provider is not what it is about.',
  ),
  site_owner: text('The account that has to pay belongs to the owner of the site.'),
  org_admin: text('The account belongs to your organisation: an administrator has to see to it.'),
  repository_owner: text('The account that has to pay belongs to the owner of the repository.'),
};

/** Why there is no answer of the vendor's. */
function notAsked({ api, title }: Known): Text {
  return api === null
    ? text('{0} was not asked: the call did not go to an API that tollgate.jsonc declares.', title)
    : text('{0} could not be asked.', title);
}

function accountFacts(account: AccountReport | null): readonly (StepFact | null)[] {
  if (account === null) return [];
  const { figures, need, checks } = account;
  const { amount, unit, used, limit } = figures;
  const told = (value: number | null | undefined): string | null =>
    value === null || value === undefined || unit === undefined ? null : amountText(value, unit);
  return [
    fact(text('Left'), told(amount)),
    fact(text('This call needs'), told(need)),
    fact(text('Used'), told(used)),
    fact(text('Limit'), told(limit)),
    fact(
      text('Asked'),
      checks.map(({ host, id, status }) => `${host} ${id}: ${status === null ? '–' : String(status)}`).join(', '),
    ),
  ];
}

/** What one has set oneself. */
function budgetFacts({ api }: Known): readonly (StepFact | null)[] {
  return (api?.spending.budgets ?? []).map(({ spentUsd, usd, resetsAt, scope }) =>
    fact(
      scope === 'api' ? text('Own budget for this API') : text('Own budget for all APIs'),
      text('{0} of {1} spent, until {2}', amountText(spentUsd, 'USD'), amountText(usd, 'USD'), moment(resetsAt)),
    ),
  );
}

function refusalFacts(diagnosis: Diagnosis | null): readonly (StepFact | null)[] {
  if (diagnosis === null) return [];
  const { requestedTokens, affordableTokens, price, balance, currency = '', offers = [] } = diagnosis.facts;
  const affordable =
    affordableTokens === undefined
      ? null
      : requestedTokens === undefined
        ? text('{0} tokens can be afforded', affordableTokens)
        : text('{0} of the {1} tokens asked for can be afforded', affordableTokens, requestedTokens);
  return [
    fact(text('The refusal says'), affordable),
    fact(text('Price by the refusal'), price === undefined ? null : `${String(price)} ${currency}`.trim()),
    fact(text('Balance by the refusal'), balance === undefined ? null : `${String(balance)} ${currency}`.trim()),
    ...offers.map(({ amount, asset, network, protocol }) =>
      fact(text('Way to pay'), [amount, asset, network, protocol].filter((part) => part !== null).join(' ')),
    ),
  ];
}

function actions({ provider, title, account, api, exchange }: Known): readonly (StepAction | null)[] {
  const { pages } = provider ?? {};
  const why = account?.why ?? null;
  const mayReplay = account !== null && canPay(account) && account.state !== 'unknown';
  const cause = exchange.diagnosis?.cause;
  return [
    mayReplay ? call('payment', text('Replay'), 'replay') : null,
    cause === 'payment_service_outage' ? page('payment', 'status', text('Open the status page'), pages?.status) : null,
    exchange.failure?.code === 'budget_exceeded' ? call('payment', text('Open the budget'), 'openCatalogue') : null,
    page('payment', 'billing', text('Open the billing page of {0}', title), account?.page ?? pages?.billing),
    cause === 'spend_limit_or_budget_reached'
      ? page('payment', 'limits', text('Open the limits of {0}', title), pages?.limits)
      : null,
    why === 'no_credential' && api?.credentialName != null
      ? call('payment', text('Set Credential…'), 'setCredential')
      : null,
    why === 'unreachable' || why === 'busy' ? call('payment', text('Check again'), 'checkAgain') : null,
  ];
}

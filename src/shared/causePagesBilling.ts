import type { CausePage } from './causePages.ts';
import type { Cause } from './finding.ts';
import { text } from './text.ts';

/** The causes that are about money: an account, a card, a contract, a limit. */
export const billingPages = {
  insufficient_funds: {
    title: text('Out of credit'),
    meaning: text(
      'The account that pays for the call holds less than the call may cost. Many vendors reserve the price of the longest possible answer beforehand, so a smaller “max_tokens” can be enough to get through.',
    ),
    recognisedBy: [
      text(
        'A code such as `insufficient_quota`, `insufficient_balance`, `credits_exhausted` or `openrouter_credits`, under 402, 403, 429 or 400 alike.',
      ),
      text(
        'A sentence that states a balance, credit or funds to be insufficient, with the numbers where the vendor gives them.',
      ),
      text('A 402 that carries no price tag of a payment protocol and no hint to retry.'),
    ],
    whatToDo: [
      text('Lower the number of tokens asked for to what the account can afford, where the answer names it.'),
      text('Add credit on the vendor’s billing page. It can take minutes, with some vendors hours, to count.'),
      text('Use a cheaper model of the same family.'),
      text('Check that the key belongs to the organisation or project that holds the credit.'),
    ],
  },
  payment_method_invalid: {
    title: text('No usable payment method'),
    meaning: text(
      'The account has no card or other way to pay on file, or the one on file does not work. Nothing is wrong with the call.',
    ),
    recognisedBy: [
      text('A request to add, update or verify a payment method, a card or billing details.'),
      text('A code that says that billing is required, disabled or not set up.'),
    ],
    whatToDo: [
      text('Add or correct the payment method on the vendor’s billing page.'),
      text('If one is on file and valid, look at the vendor’s status page: its own payment service may be down.'),
      text('After setting up billing wait some minutes, then replay the call.'),
    ],
  },
  payment_method_expired: {
    title: text('Card expired'),
    meaning: text('The card that was to be charged is past its date.'),
    recognisedBy: [
      text('The code `expired_card`, or a sentence that says that the card or payment method has expired.'),
    ],
    whatToDo: [
      text('Replace the card on the vendor’s billing page.'),
      text('If the card is your customer’s, ask the customer for another one; repeating the charge cannot succeed.'),
    ],
  },
  card_declined: {
    title: text('Card declined'),
    meaning: text(
      'A bank or payment processor refused to charge a card. With a payment service such as Stripe the card is your customer’s, not yours: your own account is in order.',
    ),
    recognisedBy: [
      text('A `decline_code`, or a code such as `card_declined` or `INSTRUMENT_DECLINED`.'),
      text('“Insufficient funds” beside a decline is said of the card, so it counts as declined.'),
    ],
    whatToDo: [
      text('Show the card’s holder the reason, and ask for another card or for the bank’s approval (3-D Secure).'),
      text('Follow `advice_code`: `try_again_later`, `do_not_try_again` or `confirm_card_data`.'),
      text('Never retry a lost, stolen or fraudulent card.'),
    ],
  },
  subscription_expired: {
    title: text('Subscription ended'),
    meaning: text('There was a subscription, a trial or a licence, and it has ended or was cancelled.'),
    recognisedBy: [
      text(
        'A code or sentence that says that a plan, trial, licence or membership has expired, lapsed or was cancelled.',
      ),
    ],
    whatToDo: [
      text('Renew the plan on the vendor’s billing page.'),
      text('If the organisation pays, ask its administrator to renew it.'),
    ],
  },
  subscription_inactive_or_missing: {
    title: text('No active subscription'),
    meaning: text('The service has to be bought or switched on before it answers, and for this account it is not.'),
    recognisedBy: [
      text('A code such as `not_subscribed`, `AccessDenied.Unpurchased` or `no_copilot_access`.'),
      text('A sentence that asks for a subscription, a purchase or an activation.'),
    ],
    whatToDo: [
      text('Subscribe to or activate the service with the vendor.'),
      text('Check that the key belongs to the account that has the subscription.'),
    ],
  },
  usage_quota_exceeded: {
    title: text('Quota used up'),
    meaning: text(
      'What the plan includes for a day, a week, a month or a billing period has been used. It comes back at the reset, or with a larger plan.',
    ),
    recognisedBy: [
      text('A period of hours or longer beside the limit: `PerDay`, “monthly”, “weekly limit”.'),
      text('A wait of hours or days in `Retry-After` or in a reset time.'),
      text('A code such as `quota_exceeded` or `usage_limit_reached`.'),
    ],
    whatToDo: [
      text('Wait until the reset and replay.'),
      text('Choose a larger plan, or switch on paying by use.'),
      text('Find the line that spends most in the log, and cache or batch its calls.'),
    ],
  },
  spend_limit_or_budget_reached: {
    title: text('Spending limit reached'),
    meaning: text(
      'A limit that somebody on your side has set for a key, a project or the organisation is reached. The account itself may hold enough.',
    ),
    recognisedBy: [
      text('A code such as `billing_hard_limit_reached`, `budget_exceeded` or `openrouter_key_limit`.'),
      text(
        'A sentence about a budget, a spending limit or a cap, or one that points to the page of the keys rather than that of the credit.',
      ),
    ],
    whatToDo: [
      text('Raise the limit of the key, project or organisation, or ask its administrator to.'),
      text('Wait until the limit resets, where it does.'),
      text('Use a key that has budget left.'),
    ],
  },
  plan_upgrade_required: {
    title: text('Not in this plan'),
    meaning: text('The plan does not include this model, feature or amount at all, so waiting does not help.'),
    recognisedBy: [
      text('A limit of 0 in the answer.'),
      text('A sentence that says that something is not available on the plan, or only on a paid or higher one.'),
    ],
    whatToDo: [
      text('Use a model or feature that the plan includes.'),
      text('Upgrade the plan on the vendor’s billing page.'),
    ],
  },
  account_suspended: {
    title: text('Account suspended'),
    meaning: text(
      'The account, organisation or site is blocked or not active: for unpaid invoices, by an administrator, or by decision of the vendor.',
    ),
    recognisedBy: [
      text('A code such as `billing_not_active`, `Arrearage` or `DEPLOYMENT_DISABLED`.'),
      text('A sentence that says that an account, user, organisation or deployment is suspended, locked or disabled.'),
    ],
    whatToDo: [
      text('Pay open invoices on the vendor’s billing page. Some locks stay for a while after a payment.'),
      text('Contact the vendor with a report of this call.'),
      text('If the site is somebody else’s, tell its owner: your account is not the cause.'),
    ],
  },
} satisfies Partial<Record<Cause, CausePage>>;

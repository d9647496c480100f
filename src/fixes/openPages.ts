import type { Cause } from '../shared/finding.ts';
import type { Provider } from '../shared/provider.ts';
import type { Fix } from '../shared/remedy.ts';
import { text, type Text } from '../shared/text.ts';

const billed: ReadonlySet<Cause> = new Set([
  'insufficient_funds',
  'payment_method_invalid',
  'payment_method_expired',
  'subscription_expired',
  'subscription_inactive_or_missing',
  'usage_quota_exceeded',
  'spend_limit_or_budget_reached',
  'plan_upgrade_required',
  'account_suspended',
]);
const limited: ReadonlySet<Cause> = new Set([
  'rate_limit',
  'usage_quota_exceeded',
  'spend_limit_or_budget_reached',
  'plan_upgrade_required',
]);
const keyed: ReadonlySet<Cause> = new Set([
  'token_expired_or_invalid',
  'configuration_error',
  'spend_limit_or_budget_reached',
]);
const shaky: ReadonlySet<Cause> = new Set(['payment_service_outage', 'rate_limit', 'payment_method_invalid']);
const explained: ReadonlySet<Cause> = new Set([
  'card_declined',
  'configuration_error',
  'region_or_policy',
  'payment_protocol_challenge',
]);
const onSite: ReadonlySet<Cause> = new Set(['card_declined', 'region_or_policy', 'payment_service_outage']);
const contacted: ReadonlySet<Cause> = new Set(['account_suspended', 'region_or_policy', 'payment_service_outage']);

/** The page where one pays, renews, subscribes, upgrades or changes the card: vendors have one place for all of these. */
export const openBilling = page('openBilling', 'billing', billed, (title, cause) => {
  if (cause === 'subscription_expired') return text('Renew the subscription of {0}', title);
  if (cause === 'subscription_inactive_or_missing') return text('Request a subscription of {0}', title);
  if (cause === 'plan_upgrade_required') return text('Upgrade the plan of {0}', title);
  if (cause === 'payment_method_expired' || cause === 'payment_method_invalid')
    return text('Change the payment method of {0}', title);
  return text('Open the billing page of {0}', title);
});
/** The page where limits are seen and raised. */
export const openLimits = page('openLimits', 'limits', limited, (title) => text('Open the limits of {0}', title));
/** The page where keys are made. */
export const openKeys = page('openKeys', 'keys', keyed, (title) => text('Open the keys of {0}', title));
/** The page that says whether the vendor is well. */
export const openStatus = page('openStatus', 'status', shaky, (title) => text('Open the status page of {0}', title));
/** The vendor's own explanation of its errors. */
export const openErrors = page('openErrors', 'errors', explained, (title) =>
  text('Open what {0} says of this error', title),
);

/** Where people of the vendor answer. */
export const openSupport = page('openSupport', 'support', contacted, (title) => text('Contact {0}', title));

/** The page that the answer itself points to, where it is on a site of the one who answered. */
export const openLink: Fix = ({ finding, provider }) => {
  const { link } = finding.diagnosis.facts;
  if (link === undefined || !URL.canParse(link)) return [];
  const url = new URL(link);
  if (url.protocol !== 'https:' || Object.values(provider?.pages ?? {}).includes(link)) return [];
  const own = [
    finding.host,
    ...Object.values(provider?.pages ?? {}).map((known) => (known === null ? '' : new URL(known).host)),
  ];
  if (!own.some((host) => site(host) !== '' && site(host) === site(url.host))) return [];
  return [
    { kind: 'open', id: 'openLink', title: text('Open the page named in the answer ({0})', url.host), url: link },
  ];
};

function page(
  id: string,
  which: keyof Provider['pages'],
  causes: ReadonlySet<Cause>,
  title: (provider: string, cause: Cause) => Text,
): Fix {
  return ({ finding, provider }) => {
    const url = provider?.pages[which] ?? null;
    if (provider === null || url === null || !causes.has(finding.diagnosis.cause)) return [];
    if (finding.diagnosis.responsibleParty === 'gateway_operator' && which === 'billing') return [];
    return [{ kind: 'open', id, title: title(provider.title, finding.diagnosis.cause), url }];
  };
}

/**
 * The site of a vendor of whom no better page is known, where the way out leads through its pages. Not of one's own
 * relays, nor of addresses that are no public names.
 */
export const openSite: Fix = ({ finding, provider }) => {
  const { cause, responsibleParty } = finding.diagnosis;
  const own = site(finding.host);
  const { billing = null, keys = null, errors = null, status = null } = provider?.pages ?? {};
  const missing =
    (billed.has(cause) && billing === null) ||
    (keyed.has(cause) && keys === null && billing === null) ||
    (onSite.has(cause) && errors === null && status === null);
  if (!missing) return [];
  if (responsibleParty === 'gateway_operator' || !/^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}$/.test(own)) return [];
  if (/(?:^|\.)(?:local|internal|localhost|lan|test|home|corp)$/.test(own)) return [];
  return [{ kind: 'open', id: 'openSite', title: text('Open the site of {0}', own), url: `https://${own}` }];
};

/** Who owns a host, roughly: its last two labels, or three under a country's `co.` and the like. */
function site(host: string): string {
  const labels = host.toLowerCase().replace(/:\d+$/, '').split('.');
  return labels.slice(/^(?:com?|net|org|gov|ac)$/.test(labels.at(-2) ?? '') && labels.length > 2 ? -3 : -2).join('.');
}

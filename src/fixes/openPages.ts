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

/** The page where one pays. */
export const openBilling = page('openBilling', 'billing', billed, (title) =>
  text('Open the billing page of {0}', title),
);
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
  title: (provider: string) => Text,
): Fix {
  return ({ finding, provider }) => {
    const url = provider?.pages[which] ?? null;
    if (provider === null || url === null || !causes.has(finding.diagnosis.cause)) return [];
    if (finding.diagnosis.responsibleParty === 'gateway_operator' && which === 'billing') return [];
    return [{ kind: 'open', id, title: title(provider.title), url }];
  };
}

/** The last two labels of a host, roughly who owns it. */
function site(host: string): string {
  return host.toLowerCase().replace(/:\d+$/, '').split('.').slice(-2).join('.');
}

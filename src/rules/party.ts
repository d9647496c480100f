import type { Cause, Party } from '../shared/finding.ts';
import type { View } from './view.ts';

/** Hosts that serve other people's sites: what they refuse is for the site's owner to mend. */
const hosting: ReadonlySet<string> = new Set(['vercel', 'netlify', 'shopify', 'supabase']);
const ofOwner: ReadonlySet<Cause> = new Set([
  'account_suspended',
  'usage_quota_exceeded',
  'subscription_expired',
  'payment_method_invalid',
]);
const admin =
  /\b(?:contact|ask|reach out to) (?:your|the|an?) (?:\w+ ){0,2}(?:admin|administrator|owner)\b|\b(?:set|disabled|blocked|restricted) by (?:your|the|an) (?:\w+ )?(?:admin|administrator|organi[sz]ation)\b/;
const administered = /admin|owner|organi[sz]ation/;
const visitor = /\b(?:website|site|shop|store) owner\b|\bunavailable shop\b/;

/** Who has to act, where no rule knows better. */
export function partyOf(view: View, cause: Cause): Party {
  if (cause === 'card_declined') return 'end_customer';
  if (view.provider?.charges === true && ofCustomer(view, cause)) return 'end_customer';
  if (cause === 'payment_service_outage') return view.provider?.resells === true ? 'gateway_operator' : 'provider';
  if (view.sentences.some(({ words }) => visitor.test(words))) return 'site_owner';
  if (
    ofOwner.has(cause) &&
    hosting.has(view.provider?.id ?? '') &&
    view.subject.request.host?.startsWith('api.') !== true
  )
    return 'site_owner';
  if (String(view.field('limit_source')?.value).includes('workspace')) return 'org_admin';
  if (view.sentences.some(({ words }) => administered.test(words) && admin.test(words))) return 'org_admin';
  return 'caller';
}

/** What fails where customers are charged is a customer's card, or his account with the vendor. */
function ofCustomer(view: View, cause: Cause): boolean {
  if (cause === 'payment_method_invalid' || cause === 'payment_method_expired')
    return !/\/(?:payouts|transfers)\b/.test(view.subject.request.path ?? '');
  return view.codes.some(({ value }) => value.startsWith('PAYER_'));
}

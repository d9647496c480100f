import { providerForHost, providers } from '../providers/index.ts';
import type { Cause } from '../shared/finding.ts';
import type { Verdict } from './rule.ts';
import type { View } from './view.ts';

/** Sentences and shapes that one vendor's errors are known by; whoever else sends them has passed them on. */
const signatures: readonly { readonly vendors: readonly string[]; readonly says: RegExp }[] = [
  {
    vendors: ['openai', 'gemini', 'azure-openai'],
    says: /^\W*(?:error: ?)?(?:\d{3} )?you exceeded your current quota, please check your plan and billing/,
  },
  { vendors: ['minimax'], says: /\(1008\)|\(2056\)/ },
  { vendors: ['anthropic'], says: /credit balance is too low to access the (?:anthropic|claude) api/ },
];
const relays =
  /\b(?:upstream|provider|backend)(?: \w+)? (?:error|returned)\b|\bfrom (?:provider|upstream)\b|\w api error\b|(?<!['"])\b(?:failed|error|returned)\b(?!['"])[^{]{0,40}: ?\{|\bprovider error\b|\bprovider [\w-]+:|exception - /;
/** The status of another answer than this one. */
const passedOn = /\b(?:error|status|code|http|returned|failed)\b[^.\d]{0,12}\b402\b/;
/** What, said of the relay's own account with its supplier, no caller can mend. */
const operatorOwes: ReadonlySet<Cause> = new Set([
  'insufficient_funds',
  'account_suspended',
  'spend_limit_or_budget_reached',
  'payment_method_invalid',
  'payment_method_expired',
  'subscription_expired',
  'subscription_inactive_or_missing',
]);

/**
 * Corrects a verdict on an error that the answering host only relays from its own supplier: then the operator's account is
 * concerned, not the caller's. There is no cause of its own for that; `payment_service_outage` stands for it.
 */
export function relayed(view: View, verdict: Verdict): Verdict {
  if (verdict.party === 'end_customer' || view.field('is_byok')?.value === true) return verdict;
  const quota =
    verdict.cause === 'usage_quota_exceeded' &&
    view.sentences.some(
      ({ words }) => words.includes('exceeded your current quota') || words.includes('insufficient quota'),
    );
  if (!operatorOwes.has(verdict.cause) && !quota) {
    return verdict.cause === 'region_or_policy' && isForeign(view)
      ? { ...verdict, party: 'gateway_operator' }
      : verdict;
  }
  if (!isForeign(view)) return verdict;
  return {
    ...verdict,
    cause: 'payment_service_outage',
    party: 'gateway_operator',
    confidence: Math.min(verdict.confidence, 0.75),
    alternatives: [verdict.cause, ...(verdict.alternatives ?? [])],
    retryHelps: true,
  };
}

function isForeign(view: View): boolean {
  const { host } = view.subject.request;
  const own = view.provider?.id;
  if (own === 'openrouter' && view.field('limit_source') !== undefined) return false;
  for (const { vendors, says } of signatures) {
    if (!view.sentences.some(({ words }) => says.test(words))) continue;
    // OpenAI itself says so under 429 only: under 402 a server that is like it speaks of its own.
    if (view.status === 402 && vendors.includes('openai') && view.provider === null) continue;
    if (
      own !== undefined
        ? view.provider?.resells === true && !vendors.includes(own)
        : host !== null || unusualEnvelope(view)
    )
      return true;
  }
  // DeepSeek's own body, byte for byte, from elsewhere.
  if (
    own !== 'deepseek' &&
    host !== null &&
    view.field('type')?.value === 'unknown_error' &&
    view.field('code')?.value === 'invalid_request_error'
  )
    return true;
  if (pointsElsewhere(view, own)) return true;
  if (view.body.fields.some(({ value }) => typeof value === 'string' && namesAnother(value, own, host))) return true;
  if (view.provider !== null && view.provider.resells !== true) return false;
  if (view.status !== null && view.status !== 402 && view.sentences.some(({ words }) => passedOn.test(words)))
    return true;
  // A bad gateway speaks of what stands behind it.
  if (view.status === 502) return true;
  return view.sentences.some(({ words }) => relays.test(words));
}

/** A link to another vendor's pages about billing, keys or errors: whose error it is, is whose page it names. */
function pointsElsewhere(view: View, own: string | undefined): boolean {
  if (own !== undefined ? view.provider?.resells !== true : view.subject.request.host === null && !wrapped(view))
    return false;
  for (const { original } of view.sentences) {
    const host = /https?:\/\/([\w.-]+)\//.exec(original)?.[1]?.toLowerCase();
    const owner = host === undefined ? undefined : siteOwners.get(siteOf(host));
    if (owner !== undefined && owner !== own) return true;
  }
  return false;
}

/** An envelope of `{ok: false, error}` around a sentence: made by the relay, not by the vendor that the sentence names. */
function wrapped(view: View): boolean {
  return view.field('ok')?.value === false || view.field('success')?.value === false;
}

const shared = new Set(['google.com', 'github.com', 'githubstatus.com', 'amazon.com', 'microsoft.com', 'azure.com']);
const siteOwners = new Map(
  providers
    .filter(({ dialect }) => dialect !== 'other')
    .flatMap(({ id, pages }) =>
      Object.values(pages).flatMap((page) => (page === null ? [] : [[siteOf(new URL(page).host), id] as const])),
    )
    .filter(([site]) => !shared.has(site)),
);

function siteOf(host: string): string {
  return host.split('.').slice(-2).join('.');
}

/** OpenAI's sentence as a bare string is what its client library makes of it. */
function unusualEnvelope(view: View): boolean {
  return view.sentences.some(({ words }) => /^\d{3} you exceeded/.test(words));
}

/** True for an address of another vendor's API, as relays add to say where they called. */
function namesAnother(value: string, own: string | undefined, host: string | null): boolean {
  if (value.length > 200 || !/api|open/.test(value)) return false;
  const match = /^(?:https?:\/\/)?((?:api|open|[\w-]+-api)\.[\w.-]+\.\w+)(?:\/(?:v\d|api)\/\S*)?$/.exec(value);
  const other = match?.[1];
  if (other === undefined || other === host) return false;
  return providerForHost(other)?.id !== own || own === undefined;
}

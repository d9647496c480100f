import type { Evidence, Facts, PaymentOffer } from '../shared/finding.ts';
import { isObject } from './failing.ts';
import { challengeOffers, crawlOffers, decodeJson, x402Offers } from './offers/offers.ts';
import { refusedWith } from './refusedWith.ts';
import { now } from './retry.ts';
import type { Rule, Verdict } from './rule.ts';
import type { View } from './view.ts';

/**
 * A price tag: x402 v1 and v2, L402, the Payment scheme (MPP), Cloudflare pay per crawl. The answer asks for a payment
 * of this very call, so an empty account is not the cause, unless a payment was tried and failed.
 */
export const paymentChallenge: Rule = {
  name: 'paymentChallenge',
  look: (view) => crawl(view) ?? x402(view) ?? facilitated(view) ?? challenge(view) ?? priceTag(view),
};

/** https://developers.cloudflare.com/ai-crawl-control/features/pay-per-crawl/ */
function crawl(view: View): Verdict | null {
  const error = view.header('crawler-error');
  const price = view.header('crawler-price');
  if (error !== undefined) {
    const evidence = [header('crawler-error', error)];
    if (/^PaymentFailed/i.test(error))
      return { cause: 'payment_method_invalid', confidence: 0.9, evidence, party: 'caller' };
    if (/^CrawlerForbidden/i.test(error)) return { cause: 'region_or_policy', confidence: 0.9, evidence };
    if (/^StrongAuthRequired/i.test(error))
      return { cause: 'configuration_error', confidence: 0.7, evidence, alternatives: ['token_expired_or_invalid'] };
    if (/^InvalidContentPrice/i.test(error))
      return {
        cause: 'payment_service_outage',
        confidence: 0.6,
        evidence,
        party: 'site_owner',
        alternatives: ['configuration_error'],
      };
    return { cause: 'payment_protocol_challenge', confidence: 0.95, evidence, facts: priced(crawlOffers(price)) };
  }
  if (price === undefined || view.successful) return null;
  return {
    cause: 'payment_protocol_challenge',
    confidence: 0.98,
    evidence: [header('crawler-price', price)],
    facts: priced(crawlOffers(price)),
  };
}

/** What the offers come to, as numbers for sentences: the first one that has an amount. */
function priced(offers: readonly PaymentOffer[]): Facts {
  if (offers.length === 0) return {};
  const first = offers.find(({ amount, asset }) => amount !== null && asset !== null);
  if (first === undefined || first.asset === null) return { offers };
  return { offers, price: Number(first.amount), currency: first.asset === 'USDC' ? 'USD' : first.asset };
}

/** https://github.com/x402-foundation/x402 */
function x402(view: View): Verdict | null {
  const settled = view.header('payment-response') ?? view.header('x-payment-response');
  const required = view.header('payment-required');
  const body = offerOf(view);
  const named = view.codes.find(({ words }) => /^x ?402\b/.test(words));
  if (named !== undefined && body === undefined && required === undefined)
    return {
      cause: 'payment_protocol_challenge',
      confidence: 0.85,
      evidence: [named.evidence],
      alternatives: ['insufficient_funds'],
    };
  if (settled !== undefined && !view.successful) {
    const receipt = decodeJson(settled);
    const reason = isObject(receipt) && receipt.success === false ? receipt.errorReason : undefined;
    if (typeof reason === 'string')
      return settlement(reason, { source: 'header', path: 'PAYMENT-RESPONSE', quote: reason });
  }
  const offer = body ?? (required === undefined ? undefined : decodeJson(required));
  if (offer === undefined && required === undefined) return null;
  const error = isObject(offer) ? offer.error : undefined;
  if (typeof error === 'string') {
    const failed = /insufficient[_ ](?:funds|balance)/i.exec(error);
    if (failed !== null)
      return settlement('insufficient_funds', { source: 'body', path: '/error', quote: error.slice(0, 160) });
  }
  if (required === undefined && view.successful && !view.body.reportsFailure) return null;
  return {
    cause: 'payment_protocol_challenge',
    confidence: 0.98,
    evidence: [
      required === undefined
        ? {
            source: 'body',
            path: '/x402Version',
            quote: isObject(offer) ? String(offer.x402Version) : 'x402Version',
          }
        : header('PAYMENT-REQUIRED', required.slice(0, 60)),
    ],
    facts: priced(x402Offers(offer, now(view))),
  };
}

/** The answer of a facilitator to the server that asked it to verify or settle a payment; often under 200. */
function facilitated(view: View): Verdict | null {
  if (!/\/(?:verify|settle)\b/.test(view.subject.request.path ?? '')) return null;
  const reason = view.field('errorreason') ?? view.field('invalidreason');
  if (reason === undefined || typeof reason.value !== 'string' || reason.value === '') return null;
  return settlement(reason.value, { source: 'body', path: reason.pointer, quote: reason.value.slice(0, 160) });
}

/** The reasons of a facilitator: https://github.com/x402-foundation/x402, error codes. */
function settlement(reason: string, evidence: Evidence): Verdict {
  if (reason.includes('insufficient'))
    return { cause: 'insufficient_funds', confidence: 0.93, evidence: [evidence], party: 'caller' };
  if (
    /unexpected|_error$|time(?:d_)?out|height_exceeded|transaction_state|facilitator|transaction_failed|failed_to/.test(
      reason,
    )
  )
    return { cause: 'payment_service_outage', confidence: 0.8, evidence: [evidence] };
  if (/network|scheme|version|requirements/.test(reason))
    return {
      cause: 'configuration_error',
      confidence: 0.7,
      evidence: [evidence],
      alternatives: ['payment_protocol_challenge'],
    };
  return {
    cause: 'payment_method_invalid',
    confidence: 0.7,
    evidence: [evidence],
    alternatives: ['payment_protocol_challenge'],
  };
}

function offerOf(view: View): unknown {
  const { json, fields } = view.body;
  if (isObject(json) && 'x402Version' in json) return json;
  if (!fields.some(({ key }) => key === 'x402version')) return undefined;
  if (!isObject(json)) return { x402Version: view.field('x402version')?.value, error: view.field('error')?.value };
  const result = json.result;
  if (isObject(result) && isObject(result.structuredContent)) return result.structuredContent;
  return { x402Version: view.field('x402version')?.value };
}

/** L402 (formerly LSAT) and the Payment scheme, over HTTP and gRPC; challenges may share one line (RFC 9110, 11.6.1). */
function challenge(view: View): Verdict | null {
  const value = view.header('www-authenticate');
  const scheme = value === undefined ? null : /(?:^|,\s*)(L402|LSAT|Payment|X402)\b/i.exec(value)?.[1];
  if (value !== undefined && scheme !== undefined && scheme !== null) {
    if (view.status === 401 && !/invoice=|request=/.test(value))
      return { cause: 'token_expired_or_invalid', confidence: 0.7, evidence: [header('WWW-Authenticate', scheme)] };
    return (
      problem(view) ?? {
        cause: 'payment_protocol_challenge',
        confidence: 0.97,
        evidence: [header('WWW-Authenticate', `${scheme} …`)],
        facts: priced(challengeOffers(value)),
      }
    );
  }
  const grpc = view.header('grpc-message');
  if (grpc !== undefined && /payment(?:%20| )required/i.test(grpc))
    return {
      cause: 'payment_protocol_challenge',
      confidence: 0.9,
      evidence: [{ source: 'trailer', path: 'grpc-message', quote: grpc.slice(0, 120) }],
    };
  return problem(view);
}

/** https://paymentauth.org: the problem types say what became of a payment that was tried. */
function problem(view: View): Verdict | null {
  const type = view.field('type');
  if (type === undefined || typeof type.value !== 'string' || !type.value.includes('paymentauth.org/problems/'))
    return null;
  const evidence: Evidence[] = [{ source: 'body', path: type.pointer, quote: type.value }];
  const name = type.value.split('/problems/')[1] ?? '';
  if (/^(?:verification-failed|malformed-credential|method-unsupported)/.test(name))
    return {
      cause: 'payment_method_invalid',
      confidence: 0.8,
      evidence,
      alternatives: ['payment_protocol_challenge'],
      party: 'caller',
    };
  if (name.includes('insufficient')) return { cause: 'insufficient_funds', confidence: 0.85, evidence };
  return { cause: 'payment_protocol_challenge', confidence: 0.95, evidence };
}

const payees =
  /^(?:pay_?to|payee|payment_?address|deposit_?address|recipient|payment_?request|bolt11|invoice|payment_?url|payment_request_url|payment_context_token|pay_?url)$/;
const amounts =
  /^(?:(?:max_?)?amount(?:_?(?:required|sats?|msats?|usdc?|due|raw|atomic))?|price(?:_?(?:usdc?|sats?))?|cost|sats|satoshis|value)$/;
/** Headers of price tags that follow no standard. */
const priceHeader =
  /^x-cashu$|^x-(?:[a-z0-9]+-)*(?:402(?:-\w+)?|payment-(?:required|options|request|address)|price|meter-amount)$/;
const purseAddress = /^(?:0x[0-9a-f]{40}|ln(?:bc|tb)\w{20,}|cashu\w{10,})$/i;

/** A protocol that has no name here: under 402, a price beside somebody to pay it to. */
function priceTag(view: View): Verdict | null {
  if (refusedWith(view) !== 402) return null;
  const { fields } = view.body;
  const payee = fields.find(
    ({ key, value }) =>
      typeof value === 'string' && (purseAddress.test(value) || (payees.test(key) && /^\S{3,}$/.test(value))),
  );
  const asked = view.sentences.find(({ words }) =>
    /\bx-payment\b|\bpayment-signature\b|\bpayment (?:header|proof)\b/.test(words),
  );
  if (asked !== undefined)
    return {
      cause: 'payment_protocol_challenge',
      confidence: 0.7,
      evidence: [{ source: 'body', path: asked.path, quote: asked.original.slice(0, 160) }],
      alternatives: ['insufficient_funds'],
    };
  for (const [name, value] of view.headersLike(priceHeader))
    return {
      cause: 'payment_protocol_challenge',
      confidence: 0.7,
      evidence: [header(name, value)],
      alternatives: ['insufficient_funds'],
    };
  if (payee === undefined || !fields.some(({ key }) => amounts.test(key))) return null;
  return {
    cause: 'payment_protocol_challenge',
    confidence: 0.7,
    evidence: [{ source: 'body', path: payee.pointer, quote: String(payee.value).slice(0, 80) }],
    alternatives: ['insufficient_funds'],
  };
}

function header(path: string, quote: string): Evidence {
  return { source: 'header', path, quote: quote.slice(0, 160) };
}

import type { PaymentOffer } from '../../shared/finding.ts';
import { isObject } from '../failing.ts';
import { assetOf, inUnits, networkName } from './assets.ts';
import { readInvoice } from './bolt11.ts';
import { readChallenges, type Challenge } from './challenges.ts';

const most = 12;

/** The ways to pay in an x402 document of either version; `now` in ms since 1970. https://github.com/x402-foundation/x402 */
export function x402Offers(document: unknown, now: number): readonly PaymentOffer[] {
  const accepts = isObject(document) ? document.accepts : undefined;
  if (!Array.isArray(accepts)) return [];
  const resource = isObject(document) && isObject(document.resource) ? document.resource : {};
  return accepts.slice(0, most).flatMap((option: unknown) => {
    if (!isObject(option)) return [];
    const extra = isObject(option.extra) ? option.extra : {};
    const address = string(option.asset);
    const network = string(option.network);
    const known = assetOf(address ?? '') ?? assetOf(string(extra.name) ?? '');
    const decimals = typeof extra.decimals === 'number' ? extra.decimals : known?.decimals;
    const atomic = string(option.amount) ?? string(option.maxAmountRequired);
    const timeout = Number(option.maxTimeoutSeconds);
    return [
      {
        protocol: 'x402',
        scheme: string(option.scheme),
        amount: atomic === null || decimals === undefined ? null : inUnits(atomic, decimals),
        asset: known?.name ?? string(extra.name) ?? address,
        network: network === null ? null : networkName(network),
        payTo: string(option.payTo),
        description: string(option.description) ?? string(resource.description),
        expiresAt: timeout > 0 ? now + timeout * 1000 : null,
      },
    ];
  });
}

/** The ways to pay in a `WWW-Authenticate` field: L402, its forerunner LSAT, and the Payment scheme. */
export function challengeOffers(field: string): readonly PaymentOffer[] {
  return readChallenges(field)
    .slice(0, most)
    .flatMap((challenge) => {
      if (challenge.scheme === 'l402' || challenge.scheme === 'lsat') return [lightning(challenge)];
      return challenge.scheme === 'payment' ? [mpp(challenge)] : [];
    });
}

/** https://docs.lightning.engineering/the-lightning-network/l402: the amount stands in the invoice only. */
function lightning({ parameters }: Challenge): PaymentOffer {
  const invoice = readInvoice(parameters.get('invoice') ?? '');
  return {
    protocol: 'l402',
    scheme: null,
    amount: invoice?.amount ?? null,
    asset: 'sat',
    network: invoice?.network ?? 'Bitcoin Lightning',
    payTo: null,
    description: invoice?.description ?? null,
    expiresAt: invoice?.expiresAt ?? null,
  };
}

/** draft-ryan-httpauth-payment: what is asked for stands in `request`, as JSON in base64url. */
function mpp({ parameters }: Challenge): PaymentOffer {
  const request = decodeJson(parameters.get('request') ?? '');
  const asked = isObject(request) ? request : {};
  const details = isObject(asked.methodDetails) ? asked.methodDetails : {};
  const method = parameters.get('method') ?? null;
  const currency = string(asked.currency) ?? string(asked.asset);
  const invoice = readInvoice(string(details.invoice) ?? '');
  const known = currency === null ? null : assetOf(currency);
  const stated = [asked.decimals, details.decimals].find((value) => typeof value === 'number');
  const decimals = stated ?? known?.decimals;
  const atomic = string(asked.amount);
  const chain = details.chainId;
  const expires = Date.parse(parameters.get('expires') ?? string(asked.expires) ?? '');
  return {
    protocol: 'mpp',
    scheme: [method, parameters.get('intent')].filter((part) => part !== undefined && part !== null).join(' ') || null,
    amount: invoice?.amount ?? (atomic === null || decimals === undefined ? null : inUnits(atomic, decimals)),
    asset: invoice === null ? (known?.name ?? currency) : 'sat',
    network: invoice?.network ?? (typeof chain === 'number' ? networkName(`eip155:${String(chain)}`) : method),
    payTo: string(asked.recipient) ?? string(asked.payTo),
    description: string(asked.description) ?? parameters.get('description') ?? null,
    expiresAt: Number.isNaN(expires) ? (invoice?.expiresAt ?? null) : expires,
  };
}

/** `crawler-price: USD 0.01`. https://developers.cloudflare.com/ai-crawl-control/features/pay-per-crawl/ */
export function crawlOffers(price: string | undefined): readonly PaymentOffer[] {
  const [, currency, amount] = /^([A-Z]{3}) ?(\d+(?:\.\d+)?)/.exec(price ?? '') ?? [];
  if (currency === undefined || amount === undefined) return [];
  const nothing = { scheme: null, payTo: null, description: null, expiresAt: null };
  return [{ protocol: 'cloudflare', amount, asset: currency, network: 'Cloudflare', ...nothing }];
}

/** JSON in base64 or base64url; undefined where it is neither. */
export function decodeJson(base64: string): unknown {
  try {
    const binary = atob(base64.trim().replaceAll('-', '+').replaceAll('_', '/'));
    const text = notAscii.test(binary)
      ? new TextDecoder().decode(Uint8Array.from(binary, (letter) => letter.charCodeAt(0)))
      : binary;
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const notAscii = /[^\0-\x7f]/;

function string(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value.slice(0, 300) : null;
}

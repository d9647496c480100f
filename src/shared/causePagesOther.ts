import type { CausePage } from './causePages.ts';
import type { Cause } from './finding.ts';
import { text } from './text.ts';

/** The causes that look like money and are something else. Adding credit does not help against them. */
export const otherPages = {
  rate_limit: {
    title: text('Rate limit'),
    meaning: text(
      'Too many calls, tokens or connections in a short time, or a model that is overloaded. It passes by itself.',
    ),
    recognisedBy: [
      text('A period of seconds or minutes beside the limit: “requests per minute”, RPM, TPM.'),
      text('A 429 with a wait of minutes or less.'),
      text(
        'A code such as `rate_limit_exceeded`, `Throttling` or `TooManyRequests`, where no sentence says otherwise.',
      ),
    ],
    whatToDo: [
      text('Wait as long as the answer asks, then replay.'),
      text('Send fewer calls at once, and honour `Retry-After` in the program.'),
      text('If a single request is larger than the limit, make it smaller: waiting does not help then.'),
    ],
  },
  token_expired_or_invalid: {
    title: text('Key or token not accepted'),
    meaning: text(
      'The vendor does not accept the key or token of the call: it is missing, mistyped, revoked or expired.',
    ),
    recognisedBy: [
      text('401, or 400 and 403 with a code such as `API_KEY_INVALID`, `invalid_grant` or `ExpiredTokenException`.'),
      text('`WWW-Authenticate: Bearer error="invalid_token"`.'),
    ],
    whatToDo: [
      text('Refresh the token, then replay the call.'),
      text('Set a new key with “Tollgate: Set Credential”.'),
      text('If the refresh token is dead (`invalid_grant`), sign in again.'),
    ],
  },
  payment_protocol_challenge: {
    title: text('Payment asked for this call'),
    meaning: text(
      'The server sells this very answer and says its price by a payment protocol: x402, L402, the Payment scheme or pay per crawl. It is a price tag, not an unpaid bill.',
    ),
    recognisedBy: [
      text('A header `PAYMENT-REQUIRED`, `crawler-price`, or `WWW-Authenticate` with `L402`, `LSAT` or `Payment`.'),
      text('A body with `x402Version` and `accepts`.'),
    ],
    whatToDo: [
      text('Look at the price in the log, and call through a client that pays by that protocol.'),
      text('Leave the resource out if it is not worth its price.'),
    ],
  },
  payment_service_outage: {
    title: text('Payment service failing'),
    meaning: text(
      'The vendor, or the supplier behind it, cannot take or check payments, or a gateway’s own account with its supplier is empty. Your account may be in order.',
    ),
    recognisedBy: [
      text('An error of another vendor inside the answer of a gateway, about the gateway’s balance.'),
      text('A sentence that says that billing or payments are unavailable, or that a balance could not be checked.'),
    ],
    whatToDo: [
      text('Look at the vendor’s status page.'),
      text('Report it to the operator of the gateway; paying more does not help.'),
      text('Use another provider meanwhile, and replay later.'),
    ],
  },
  configuration_error: {
    title: text('Wrong endpoint or setting'),
    meaning: text('The call goes to an address, region, environment or organisation that this key or plan is not for.'),
    recognisedBy: [
      text('A sentence about a wrong endpoint, destination, region or environment.'),
      text('A key of one product at the address of another, as a coding plan’s key at the pay-as-you-go endpoint.'),
    ],
    whatToDo: [
      text('Check the base URL, the region, and the organisation or project header of the call.'),
      text('Check that key and environment (test or live) belong together.'),
    ],
  },
  region_or_policy: {
    title: text('Not served here'),
    meaning: text('The vendor does not serve this country, this client or this use, whoever pays.'),
    recognisedBy: [
      text('A code such as `unsupported_country_region_territory`.'),
      text('A sentence about a country, region, policy, or a client for which the service is reserved.'),
    ],
    whatToDo: [
      text('Read the vendor’s list of supported countries and its usage policy.'),
      text('If the call leaves from a server, look where that server stands.'),
      text('Use a provider that serves this region.'),
    ],
  },
} satisfies Partial<Record<Cause, CausePage>>;

import type { ChallengeProtocol } from '../shared/simulation.ts';
import { later, type Answer, type Scene } from './answer.ts';

const payee = '0x00000000000000000000000000000000DeaDBeef';
/** USDC on Base's test network; amounts count millionths. */
const usdc = '0x036CbD53842c5426634e7929541eC2318f3dCF7e';
/** Names no invoice that anybody could pay: its checksum is wrong. */
const invoice = 'lntb10u1p0rehearsal0000000000000000000000000000000000000000000';

/** https://github.com/x402-foundation/x402, version 2: the offer is a header, the body repeats it. */
export function x402(scene: Scene): Answer {
  const offer = {
    x402Version: 2,
    error: 'Payment required',
    resource: { url: scene.path, description: 'A rehearsed price tag', mimeType: 'application/json' },
    accepts: [
      {
        scheme: 'exact',
        network: 'eip155:84532',
        amount: '10000',
        asset: usdc,
        payTo: payee,
        maxTimeoutSeconds: 60,
        extra: { name: 'USDC', version: '2' },
      },
    ],
  };
  return { status: 402, body: offer, headers: { 'PAYMENT-REQUIRED': btoa(JSON.stringify(offer)) } };
}

/** Price tags in other protocols. None of them can be paid. */
export const challenges: Readonly<Record<ChallengeProtocol, (scene: Scene) => Answer>> = {
  /** Version 1: the offer is the body. */
  x402_v1: (scene) => ({
    status: 402,
    body: {
      x402Version: 1,
      error: 'X-PAYMENT header is required',
      accepts: [
        {
          scheme: 'exact',
          network: 'base-sepolia',
          maxAmountRequired: '10000',
          resource: scene.path,
          description: 'A rehearsed price tag',
          mimeType: 'application/json',
          payTo: payee,
          maxTimeoutSeconds: 60,
          asset: usdc,
          extra: { name: 'USDC', version: '2' },
        },
      ],
    },
  }),
  /** https://docs.lightning.engineering/the-lightning-network/l402 */
  l402: (scene) => ({
    status: 402,
    body: 'payment required\n',
    headers: { 'WWW-Authenticate': `L402 version="0", token="${btoa(scene.id)}", invoice="${invoice}"` },
  }),
  /** https://paymentauth.org: the Payment scheme. */
  mpp: (scene) => {
    const request = btoa(JSON.stringify({ amount: '10000', currency: usdc, recipient: payee }))
      .replaceAll('+', '-')
      .replaceAll('/', '_')
      .replaceAll('=', '');
    const expires = later(scene, 300);
    return {
      status: 402,
      body: {
        type: 'https://paymentauth.org/problems/payment-required',
        title: 'Payment Required',
        status: 402,
        detail: 'Payment is required to access this resource.',
      },
      headers: {
        'Content-Type': 'application/problem+json',
        'WWW-Authenticate': `Payment id="${scene.id.slice(0, 16)}", realm="rehearsal", method="tempo", intent="charge", request="${request}", expires="${expires}"`,
      },
    };
  },
  /** https://developers.cloudflare.com/ai-crawl-control/features/pay-per-crawl/ */
  pay_per_crawl: () => ({
    status: 402,
    body: 'Payment required to access this content.\n',
    headers: { 'crawler-price': 'USD 0.01', 'crawler-error': 'MissingCrawlerPrice' },
  }),
};

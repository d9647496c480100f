import type { PaymentOffer } from '../shared/finding.ts';
import type { Fix } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';

const explained: Readonly<Record<PaymentOffer['protocol'], readonly [title: string, url: string]>> = {
  x402: ['x402', 'https://github.com/x402-foundation/x402'],
  l402: ['L402', 'https://docs.lightning.engineering/the-lightning-network/l402'],
  mpp: ['MPP', 'https://mpp.dev'],
  cloudflare: ['pay per crawl', 'https://developers.cloudflare.com/ai-crawl-control/features/pay-per-crawl/'],
};

/** How a price tag is paid: the client that pays by itself is a library away. */
export const openProtocol: Fix = ({ finding }) => {
  const { cause, facts } = finding.diagnosis;
  if (cause !== 'payment_protocol_challenge') return [];
  const protocols = new Set((facts.offers ?? []).map(({ protocol }) => protocol));
  return [...protocols].map((protocol, index) => {
    const [title, url] = explained[protocol];
    const id = index === 0 ? 'openProtocol' : `openProtocol.${String(index)}`;
    return { kind: 'open', id, title: text('See how a client pays with {0}', title), url };
  });
};

import assert from 'node:assert/strict';
import { readInvoice } from '../../src/rules/offers/bolt11.ts';
import { readChallenges } from '../../src/rules/offers/challenges.ts';
import { inUnits } from '../../src/rules/offers/assets.ts';
import { diagnose } from '../../src/rules/index.ts';
import type { HeaderList } from '../../src/shared/exchange.ts';
import type { Diagnosis, PaymentOffer } from '../../src/shared/finding.ts';
import { plain } from '../../src/shared/text.ts';

const date = ['Date', 'Sun, 06 Nov 2044 08:49:37 GMT'] as const;
const moment = Date.parse(date[1]);

function found(headers: HeaderList, body: unknown = null, status = 402): Diagnosis {
  const diagnosis = diagnose({
    provider: null,
    request: { method: 'GET', host: 'api.shop.example', path: '/report', headers: [], body: null },
    response: {
      status,
      headers: [date, ...headers],
      trailers: [],
      body: body === null ? null : JSON.stringify(body),
      truncated: false,
    },
  });
  assert.ok(diagnosis !== null);
  assert.equal(diagnosis.cause, 'payment_protocol_challenge');
  return diagnosis;
}

function first({ facts }: Diagnosis): PaymentOffer {
  const offer = facts.offers?.[0];
  assert.ok(offer !== undefined);
  return offer;
}

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

describe('A price tag', () => {
  const usdcOnBase = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913';

  it('of x402 version 1 tells amount, token, network, payee and how long it holds', () => {
    const diagnosis = found([], {
      x402Version: 1,
      error: 'X-PAYMENT header is required',
      accepts: [
        {
          scheme: 'exact',
          network: 'base',
          maxAmountRequired: '12500',
          asset: usdcOnBase,
          payTo: '0x00000000000000000000000000000000000000aa',
          description: 'One report',
          maxTimeoutSeconds: 60,
        },
      ],
    });
    assert.deepEqual(first(diagnosis), {
      protocol: 'x402',
      scheme: 'exact',
      amount: '0.0125',
      asset: 'USDC',
      network: 'Base',
      payTo: '0x00000000000000000000000000000000000000aa',
      description: 'One report',
      expiresAt: moment + 60_000,
    });
    assert.equal(
      plain(diagnosis.summary),
      'api.shop.example asks 0.0125 USDC over Base for this very call. It is a price tag, not an unpaid bill.',
    );
  });

  it('of x402 version 2 stands in a header and may offer several ways', () => {
    const document = {
      x402Version: 2,
      resource: { description: 'Weather' },
      accepts: [
        {
          scheme: 'exact',
          network: 'eip155:84532',
          amount: '1000',
          asset: '0x0000000000000000000000000000000000000bad',
          payTo: '0x1',
        },
        { scheme: 'exact', network: 'eip155:8453', amount: '1000', asset: usdcOnBase, payTo: '0x1' },
        { scheme: 'exact', network: 'cloudflare:402', amount: '150', asset: 'USD', payTo: 'merchant' },
      ],
    };
    const diagnosis = found([['PAYMENT-REQUIRED', encoded(document)]], {});
    assert.deepEqual(
      diagnosis.facts.offers?.map(({ amount, asset, network }) => [amount, asset, network]),
      [
        [null, '0x0000000000000000000000000000000000000bad', 'Base Sepolia (test)'],
        ['0.001', 'USDC', 'Base'],
        ['1.5', 'USD', 'Cloudflare'],
      ],
    );
    assert.equal(first(diagnosis).description, 'Weather');
    assert.equal(diagnosis.facts.price, 0.001);
    assert.match(plain(diagnosis.summary), /asks 0\.001 USDC over Base .* or one of 2 other ways/);
  });

  it('of L402 has its amount in the invoice', () => {
    // The first example with an amount of BOLT 11: 2500 micro-bitcoin, "1 cup coffee", 60 seconds.
    const invoice =
      'lnbc2500u1pvjluezsp5zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zyg3zygspp5qqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqqqsyqcyq5rqwzqfqypqdq5xysxxatsyp3k7enxv4jsxqzpu9qrsgquk0rl77nj30yxdy8j9vdx85fkpmdla2087ne0xh8nhedh8w27kyke0lp53ut353s06fv3qfegext0eh0ymjpf39tuven09sam30g4vgpfna3rh';
    const diagnosis = found([['WWW-Authenticate', `L402 macaroon="AGIAJE", invoice="${invoice}"`]]);
    assert.deepEqual(first(diagnosis), {
      protocol: 'l402',
      scheme: null,
      amount: '250000',
      asset: 'sat',
      network: 'Bitcoin Lightning',
      payTo: null,
      description: '1 cup coffee',
      expiresAt: (1_496_314_658 + 60) * 1000,
    });
  });

  it('of the Payment scheme has its request in base64url', () => {
    const request = encoded({
      amount: '2000000',
      currency: '0x20c0000000000000000000000000000000000000',
      recipient: '0xaa',
      methodDetails: { chainId: 42431 },
    });
    const cents = encoded({ amount: '499', currency: 'usd' });
    const diagnosis = found([
      [
        'WWW-Authenticate',
        `Payment id="a1", realm="shop", method="tempo", intent="charge", request="${request}", expires="2044-11-06T09:00:00Z"`,
      ],
      ['WWW-Authenticate', `Payment id="a2", realm="shop", method="stripe", intent="charge", request="${cents}"`],
    ]);
    assert.deepEqual(
      diagnosis.facts.offers?.map(({ scheme, amount, asset, network, payTo, expiresAt }) => [
        scheme,
        amount,
        asset,
        network,
        payTo,
        expiresAt,
      ]),
      [
        ['tempo charge', '2', 'pathUSD', 'Tempo Moderato (test)', '0xaa', Date.parse('2044-11-06T09:00:00Z')],
        ['stripe charge', '4.99', 'USD', 'stripe', null, null],
      ],
    );
  });

  it('of Cloudflare is a header', () => {
    const { facts } = found([['crawler-price', 'USD 0.02']]);
    assert.deepEqual([facts.price, facts.currency, facts.offers?.[0]?.protocol], [0.02, 'USD', 'cloudflare']);
  });

  it('is called one even where it cannot be read', () => {
    assert.equal(found([['PAYMENT-REQUIRED', '%%%']]).facts.offers, undefined);
    assert.equal(first(found([['WWW-Authenticate', 'LSAT macaroon="A", invoice="lnbc1"']])).amount, null);
  });
});

describe('Invoices, challenges and amounts', () => {
  it('read every multiplier of an invoice', () => {
    const amount = (text: string): string | null | undefined => readInvoice(text)?.amount;
    const rest = `1${'p'.repeat(140)}`;
    assert.deepEqual(
      ['lnbc20m', 'lnbc25u', 'lnbc10n', 'lnbc2500p', 'lntb1', 'lnbc'].map((head) => amount(head + rest)),
      ['2000000', '2500', '1', '0.25', '100000000', null],
    );
    assert.equal(readInvoice('lnxx1qqq'), null);
  });

  it('part several challenges on one line', () => {
    const line = 'Bearer realm="a, b", error="invalid_token", L402 token="x==", invoice="i", Basic';
    assert.deepEqual(
      readChallenges(line).map(({ scheme, parameters }) => [scheme, [...parameters]]),
      [
        [
          'bearer',
          [
            ['realm', 'a, b'],
            ['error', 'invalid_token'],
          ],
        ],
        [
          'l402',
          [
            ['token', 'x=='],
            ['invoice', 'i'],
          ],
        ],
        ['basic', []],
      ],
    );
    assert.deepEqual(readChallenges('=, ",'), []);
  });

  it('keep every digit of an amount', () => {
    assert.equal(inUnits('1', 18), '0.000000000000000001');
    assert.equal(inUnits('123456789012345678901234567890', 6), '123456789012345678901234.56789');
    assert.equal(inUnits('-1', 6), null);
    assert.equal(inUnits('500', 0), '500');
  });
});

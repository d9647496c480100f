import assert from 'node:assert/strict';
import { createRedactor, type Redactor } from '../../src/gateway/redact/redactor.ts';
import type { Exchange, ExchangeId, HeaderList } from '../../src/shared/exchange.ts';
import { redactionMark } from '../../src/shared/redacted.ts';

/** Made up for these tests; put together here so that no scanner takes them for real ones. */
const key = (prefix: string, length = 40): string => prefix + 'a1B2c3D4e5'.repeat(10).slice(0, length);
const jwt = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiJ0ZXN0LXVzZXIifQ', 'c2lnbmF0dXJlLW9mLXRlc3Q'].join('.');
const pem = `-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBgkqhkiG9w0\\n-----END PRIVATE KEY-----`;

const rules = { headers: ['X-Internal'], query: ['ticketno'], patterns: ['ACME-\\d+'], values: ['pa$$ w0rd/ü', 'tok'] };

describe('redaction', () => {
  let redactor: Redactor;
  before(() => {
    redactor = createRedactor(rules, (problem) => assert.fail(problem));
  });

  const body = (text: string, contentType = 'application/json', cut = false): string | null =>
    redactor.body(Buffer.from(text), contentType, cut).text;
  const headers = (list: HeaderList): HeaderList => redactor.exchange(exchangeWith({ headers: list })).request.headers;
  const url = (text: string): string => redactor.exchange(exchangeWith({ url: text })).url;

  describe('of headers', () => {
    for (const [name, value, expected] of [
      ['Authorization', 'Bearer abc', 'Bearer [redacted]'],
      ['authorization', 'abc', '[redacted]'],
      ['Proxy-Authorization', 'Basic dXNlcjpwYXNz', 'Basic [redacted]'],
      ['Authorization', 'AWS4-HMAC-SHA256 Credential=a, Signature=b', 'AWS4-HMAC-SHA256 [redacted]'],
      ['Cookie', 'sid=abc; theme=dark', 'sid=[redacted]; theme=[redacted]'],
      ['Set-Cookie', 'sid=abc; Path=/; HttpOnly', 'sid=[redacted]; Path=/; HttpOnly'],
      ['x-api-key', 'short', '[redacted]'],
      ['X-Goog-Api-Key', 'short', '[redacted]'],
      ['xi-api-key', 'short', '[redacted]'],
      ['Api-Key', 'short', '[redacted]'],
      ['X-Shopify-Access-Token', 'short', '[redacted]'],
      ['X-Client-Secret', 'short', '[redacted]'],
      ['Ocp-Apim-Subscription-Key', 'short', '[redacted]'],
      ['X-Internal', 'anything', '[redacted]'],
      ['X-Debug', `sent ${key('sk-')} and ACME-77`, 'sent [redacted] and [redacted]'],
      [
        'Location',
        'https://u:p@x.dev/cb?code=1&access_token=abc#id_token=d',
        'https://[redacted]@x.dev/cb?code=1&access_token=[redacted]#id_token=[redacted]',
      ],
      ['Referer', 'https://x.dev/?ticketno=7&page=2', 'https://x.dev/?ticketno=[redacted]&page=2'],
    ] as const)
      it(`takes the secret out of ${name}: ${value.slice(0, 30)}`, () =>
        assert.deepEqual(headers([[name, value]]), [[name, expected]]));

    for (const [name, value] of [
      ['x-ratelimit-remaining-tokens', '1999000'],
      ['anthropic-ratelimit-tokens-reset', '2026-05-01T00:00:00Z'],
      ['retry-after', '20'],
      ['x-request-id', 'req_011CSHoEeqs5C35K2UUqR7Fy'],
      ['Idempotency-Key', '7d9f1c2e-8f0a-4a1b-9c3d-2e4f6a8b0c1d'],
      ['www-authenticate', 'L402 macaroon="AGIAJEemVQUTEyNCR0exk7ek90Cg==", invoice="lnbc1500n1pw5kjhm"'],
      ['payment-required', 'eyJ4NDAyVmVyc2lvbiI6MiwiYWNjZXB0cyI6W119'],
      ['Sec-WebSocket-Key', 'dGhlIHNhbXBsZSBub25jZQ=='],
      ['etag', 'W/"33a64df551425fcc55e4d42a148795d9f25f89d4"'],
      ['user-agent', 'OpenAI/JS 5.1.0'],
    ] as const)
      it(`leaves ${name} alone`, () => assert.deepEqual(headers([[name, value]]), [[name, value]]));
  });

  describe('of URLs', () => {
    for (const name of [
      'key',
      'api_key',
      'apiKey',
      'access_token',
      'token',
      'sig',
      'signature',
      'X-Amz-Signature',
      'client_secret',
      'appid',
    ])
      it(`takes out the value of ${name}`, () =>
        assert.equal(url(`https://x.dev/a?${name}=s3&n=1`), `https://x.dev/a?${name}=[redacted]&n=1`));
    it('leaves other parameters alone', () => {
      const text = 'https://x.dev/v1/models?max_tokens=5&page_token=Cg0IAxIJYWJjZGVmZ2hp&keyword=a&monkey=b';
      assert.equal(url(text), text);
    });
    it('finds names that are percent-encoded', () =>
      assert.equal(url('https://x.dev/?card%5Bnumber%5D=4242'), 'https://x.dev/?card%5Bnumber%5D=[redacted]'));
  });

  describe('of bodies', () => {
    const secrets = [
      key('sk-proj-'),
      key('sk-ant-api03-', 80),
      key('sk-or-v1-', 64),
      key('sk_live_', 24),
      key('rk_live_', 24),
      key('pk_live_', 24),
      key('ghp_', 36),
      key('xoxb-', 40),
      key('AIza', 35),
      `AKIAIOSF0DNN7EXAMPLE`,
      key('hf_', 34),
      key('gsk_', 52),
      key('github_pat_', 60),
      key('whsec_', 32),
      jwt,
      pem,
    ];
    for (const secret of secrets)
      it(`finds ${secret.slice(0, 12)}… wherever it stands`, () => {
        for (const text of [
          secret,
          `{"note":"use ${secret} now"}`,
          `{"note":"a\\n${secret}"}`,
          `a=${encodeURIComponent(secret)}`,
          `k\t${secret}\n`,
        ])
          assertGone(body(text, 'text/plain') ?? '', secret);
      });

    it('judges members of JSON by their names and keeps the rest byte for byte', () =>
      assert.equal(
        body(
          '{ "password" : "hunter2",\n "clientSecret":"x", "refresh_token":"r\\"t", "pin":1, "cvc": 123, "max_tokens":5 }',
        ),
        '{ "password" : "[redacted]",\n "clientSecret":"[redacted]", "refresh_token":"[redacted]", "pin":1, "cvc": "[redacted]", "max_tokens":5 }',
      ));
    it('finds members in JSON inside a JSON string, and in echoed headers', () => {
      assert.equal(
        body('{"arguments":"{\\"api_key\\": \\"abc\\",\\"n\\":1}"}'),
        '{"arguments":"{\\"api_key\\": \\"[redacted]\\",\\"n\\":1}"}',
      );
      assert.equal(
        body('{"headers":{"Authorization":["Bearer abc"],"Cookie":"a=b"}}'),
        '{"headers":{"Authorization":["[redacted]"],"Cookie":"[redacted]"}}',
      );
    });
    it('takes members out however long their values are', () => {
      const long = 'x1y2'.repeat(4 * 1024 * 1024);
      assert.equal(body(`{"client_secret":"${long}","n":1}`), '{"client_secret":"[redacted]","n":1}');
      const quoted = body(`{"text":"${'\\\\n'.repeat(1024 * 1024)}","token":"${long}`, 'application/json', true);
      assert.ok(quoted?.endsWith('","token":"[redacted]'));
    });
    it('understands server-sent events and JSON that was cut off', () => {
      assert.equal(
        body('data: {"access_token":"abc"}\n\ndata: [DONE]\n\n', 'text/event-stream'),
        'data: {"access_token":"[redacted]"}\n\ndata: [DONE]\n\n',
      );
      assert.equal(body('{"a":1,"password":"hunt er', 'application/json', true), '{"a":1,"password":"[redacted]');
    });
    it('leaves alone what rules and readers need', () => {
      for (const text of [
        '{"usage":{"prompt_tokens":12,"total_tokens":30},"max_tokens":100,"token_count":3}',
        '{"logprobs":{"content":[{"token":" Hello","logprob":-0.1,"top_logprobs":[{"token":"Hi"}]}]}}',
        '{"next_page_token":"CAoQAA1234567890abcdef","nextPageToken":"CAoQAA1234567890abcdef"}',
        '{"error":{"code":"insufficient_quota","type":"tokens","param":"token","message":"Limit 10000 tokens per min"}}',
        '{"id":"chatcmpl-9xYzAbCdEf0123456789","signature":"EqQBCkYIARABGAIqQL8","system_fingerprint":"fp_44709d6fcb"}',
        '{"key":"value","auth":"none","sort_key":"created_at_2024_01_01_desc"}',
        '{"message":"task-1234567890abcdefgh is on disk-0123456789abcdef01"}',
        '{"url":"https://x.dev/a?page=2&limit=10","html":"<input name=\\"q\\">"}',
      ])
        assert.equal(body(text), text);
    });
    it('judges fields of forms by their names', () => {
      assert.equal(
        body(
          'grant_type=refresh_token&refresh_token=abc&card[number]=4242&scope=a',
          'application/x-www-form-urlencoded',
        ),
        'grant_type=refresh_token&refresh_token=[redacted]&card[number]=[redacted]&scope=a',
      );
      assert.equal(
        body(
          '--b\r\nContent-Disposition: form-data; name="api_key"\r\n\r\nabc\r\n--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper\r\n--b--',
          'multipart/form-data; boundary=b',
        ),
        '--b\r\nContent-Disposition: form-data; name="api_key"\r\n\r\n[redacted]\r\n--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nwhisper\r\n--b--',
      );
      assert.equal(
        body('<r><SessionToken>abc</SessionToken><Id>1</Id></r>', 'text/xml'),
        '<r><SessionToken>[redacted]</SessionToken><Id>1</Id></r>',
      );
    });
    it('finds secrets in hand in every spelling, and lets short placeholders be', () => {
      const [value = ''] = rules.values;
      for (const spelling of [value, encodeURIComponent(value), JSON.stringify(value)])
        assertGone(body(`see ${spelling} tok`) ?? '', spelling.slice(1, -1));
      assert.equal(body('see tok'), 'see tok');
    });
    it('finds secrets in binary bodies and leaves every other byte as it is', () => {
      const secret = key('sk-or-v1-', 64);
      const bytes = Buffer.concat([
        Buffer.from([0xff, 0xd8, 0x00, 0x80]),
        Buffer.from(secret),
        Buffer.from([0x00, 0xfe]),
      ]);
      const clean = redactor.body(bytes, 'image/jpeg', false);
      assert.equal(clean.text, null);
      assert.deepEqual(
        Buffer.from(clean.bytes),
        Buffer.concat([Buffer.from([0xff, 0xd8, 0x00, 0x80]), Buffer.from(redactionMark), Buffer.from([0x00, 0xfe])]),
      );
    });
    it('finds secrets in UTF-16', () => {
      const bytes = Buffer.from(`\ufeff{"password":"hunter2"}`, 'utf16le');
      const { text, bytes: clean } = redactor.body(bytes, 'application/json', false);
      assert.equal(text, '\ufeff{"password":"[redacted]"}');
      assert.equal(Buffer.from(clean).toString('utf16le'), text);
    });
    it('leaves nothing of a secret that the cut goes through', () => {
      for (const secret of [key('sk-or-v1-', 64), rules.values[0] ?? '', jwt])
        for (let length = 5; length < secret.length; length++) {
          const text = body(`{"note":"use ${secret.slice(0, length)}`, 'application/json', true) ?? '';
          assertGone(text, secret.slice(0, length));
        }
    });
  });

  describe('by patterns of the user', () => {
    it('leaves out a bad one and says so', () => {
      const made = createRedactor({ ...rules, patterns: ['(', 'B-\\d+'] }, assert.fail);
      assert.equal(made.problems.length, 1);
      assert.match(made.problems[0] ?? '', /"\(" is ignored/);
      assert.equal(made.body(Buffer.from('B-12'), null, false).text, '[redacted]');
    });
    it('bounds one that would take for ever, withholds the text and says so once', () => {
      const told: string[] = [];
      const made = createRedactor({ ...rules, patterns: ['(a+)+$'] }, (problem) => told.push(problem));
      for (let round = 0; round < 2; round++)
        assert.equal(made.body(Buffer.from(`${'a'.repeat(40)}!`), null, false).text, '[redacted]');
      assert.equal(told.length, 1);
    });
  });
});

/** No part of a secret longer than four characters may be left, but for the marks that tell a key's kind. */
function assertGone(text: string, secret: string): void {
  const tail = secret.slice(Math.min(12, Math.max(0, secret.length - 5)));
  for (let at = 0; at + 5 <= tail.length; at++)
    assert.ok(!text.includes(tail.slice(at, at + 5)), `${tail.slice(at, at + 5)} is left in ${text}`);
}

function exchangeWith({ headers = [], url = 'https://x.dev/' }: { headers?: HeaderList; url?: string }): Exchange {
  const none = { size: 0, stored: 0, truncated: false, contentType: null, encoding: null };
  return {
    id: 'id' as ExchangeId,
    number: 1,
    startedAt: 0,
    state: 'open',
    api: null,
    provider: null,
    method: 'GET',
    host: 'x.dev',
    path: '/',
    status: null,
    requestSize: 0,
    responseSize: 0,
    duration: null,
    contentType: null,
    model: null,
    callSite: null,
    diagnosis: null,
    replayOf: null,
    simulated: false,
    usage: null,
    costUsd: null,
    costEstimated: false,
    url,
    request: { method: 'GET', path: '/', httpVersion: '1.1', headers, body: none },
    response: null,
    timing: { queue: null, connect: null, tls: null, firstByte: null, download: null, total: null },
    failure: null,
    client: { port: 1, ordinal: 1, pid: null },
    credentialInjected: false,
  };
}

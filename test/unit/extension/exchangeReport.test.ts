import assert from 'node:assert/strict';
import { exchangeReport, exchangeText, type ExchangeContent } from '../../../src/troubleshoot/exchangeReport.ts';
import type { BodyInfo } from '../../../src/shared/exchange.ts';
import type { PanelBody } from '../../../src/shared/panel.ts';
import { refusal } from './rows.ts';

const info: BodyInfo = { size: 9, stored: 9, truncated: false, contentType: 'application/json', encoding: null };
const origin = { tollgate: '1.2.3', editor: 'Code 1.101', system: 'linux x64', now: 1_700_000_100_000 };

function body(text: string | null, more: Partial<PanelBody> = {}): PanelBody {
  return {
    text,
    base64: text === null ? 'AAAA' : null,
    size: 9,
    truncated: false,
    contentType: 'application/json',
    decodeError: null,
    ...more,
  };
}

function content(response: PanelBody): ExchangeContent {
  const exchange = refusal(7);
  return {
    exchange: {
      ...exchange,
      url: 'https://openrouter.ai/api/v1/chat/completions',
      request: {
        method: 'POST',
        path: exchange.path,
        httpVersion: '1.1',
        headers: [
          ['Host', 'openrouter.ai'],
          ['Authorization', 'Bearer [redacted]'],
        ],
        body: info,
      },
      response: {
        status: 402,
        reason: 'Payment Required',
        httpVersion: '1.1',
        headers: [['X-Request-Id', 'req_42']],
        trailers: [],
        body: info,
      },
      timing: { queue: 1, connect: null, tls: null, firstByte: 70, download: 9, total: 80 },
      failure: null,
      client: { port: 4000, ordinal: 1, pid: null },
      credentialInjected: false,
    },
    request: body('{"model":"m"}'),
    response,
  };
}

describe('exchange report', () => {
  it('tells cause, evidence, ids, times and the environment', () => {
    const report = exchangeReport(content(body('{"error":{"code":402}}')), origin);
    assert.match(report, /^## POST openrouter\.ai\/api\/v1\/chat\/completions: 402\n/);
    assert.match(report, /\(`insufficient_funds`\): The account is out of credit\./);
    assert.match(report, /Evidence in body \/error\/message: `` out of `credit` ``/);
    assert.match(report, /X-Request-Id: `req_42`/);
    assert.match(report, /Tollgate 1\.2\.3, Code 1\.101, linux x64/);
    assert.match(report, /HTTP\/1\.1 402 Payment Required/);
    assert.match(report, / {2}"error": \{/);
  });

  it('fences bodies that contain fences, and cuts long ones', () => {
    const report = exchangeReport(content(body('```\n' + 'x'.repeat(9000), { contentType: 'text/plain' })), origin);
    assert.match(report, /\n````http\n/);
    assert.match(report, /… \(cut\)\n````/);
    assert.ok(report.length < 6000);
  });

  it('describes binary bodies instead of showing them', () => {
    assert.match(exchangeText(content(body(null, { contentType: 'image/png' }))), /\(9 bytes of image\/png\)/);
  });
});

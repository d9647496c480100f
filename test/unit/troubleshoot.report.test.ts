import assert from 'node:assert/strict';
import { text } from '../../src/shared/text.ts';
import type { Exchange } from '../../src/shared/exchange.ts';
import type { Troubleshooting } from '../../src/shared/troubleshooting.ts';
import { mailLink, reportName, troubleshootReport, type ReportParts } from '../../src/troubleshoot/report.ts';
import { step } from '../../src/troubleshoot/step.ts';
import { refusal } from './extension/rows.ts';

const body = { size: 0, stored: 0, truncated: false, contentType: null, encoding: null };
const exchange: Exchange = {
  ...refusal(7, { host: '127.0.0.1:9402', path: '/v1/chat?key=[redacted]' }),
  url: 'http://127.0.0.1:9402/v1/chat',
  request: { method: 'POST', path: '/v1/chat', httpVersion: '1.1', headers: [], body },
  response: {
    ...{ status: 402, reason: 'Payment Required', httpVersion: '1.1', trailers: [], body },
    headers: [['x-request-id', 'req_7']],
  },
  timing: { queue: null, connect: null, tls: null, firstByte: null, download: null, total: null },
  failure: null,
  client: { port: 1, ordinal: 1, pid: null },
  credentialInjected: true,
};

function parts(sentence: string, har: string | null): ReportParts {
  const troubleshooting: Troubleshooting = {
    ...{ id: exchange.id, startedAt: 0, finishedAt: 1, simulated: false, conclusion: text('Done.') },
    steps: [
      step('payment', 'problem', [text('{0}', sentence)], { facts: [{ name: text('Left'), value: text('0 USD') }] }),
      step('contact', 'ok', [text('Not needed.')]),
    ],
  };
  const origin = { tollgate: '1.0.0', editor: 'Code', system: 'linux', now: 0 };
  return { content: { exchange, request: null, response: null }, troubleshooting, har, origin };
}

describe('The report for the provider’s support', () => {
  it('has the ids, what was checked, and the HAR', () => {
    const report = troubleshootReport(parts('Nothing is left.', '{"log":{}}\n'));
    assert.match(report, /- x-request-id: `req_7`/);
    assert.match(report, /- \*\*Payment details and funds\*\*: Problem\. Nothing is left\.\n {2}- Left: 0 USD\n/);
    assert.match(report, /<summary>HAR<\/summary>\n\n```json\n\{"log":\{\}\}\n```/);
    assert.doesNotMatch(report, /Contact the provider/);
  });

  it('leaves out a HAR that is too long to be pasted', () => {
    assert.doesNotMatch(troubleshootReport(parts('', `{"log":"${'x'.repeat(70_000)}"}`)), /HAR/);
  });

  it('is named after host and time, in characters that every file system takes', () => {
    assert.equal(reportName(parts('', null).content), 'tollgate-127.0.0.1_9402-2023-11-14T221327');
  });

  it('becomes a mail with the essentials, short enough for a link, without the query', () => {
    const link = mailLink(parts('Nothing & nobody = #1 + 50 % are left.', null), 'support@example.com');
    assert.ok(link.startsWith('mailto:support@example.com?subject='));
    const query = new URLSearchParams(link.slice(link.indexOf('?')));
    assert.equal(query.get('subject'), 'POST 127.0.0.1:9402/v1/chat answered with 402');
    assert.match(
      query.get('body') ?? '',
      /x-request-id: req_7\r\n[^]*Nothing & nobody = #1 \+ 50 % are left\.[^]*clipboard/,
    );
    const long = mailLink(parts('Überlang 💸 '.repeat(500), null), '');
    assert.ok(long.length < 2000 && long.startsWith('mailto:?subject='));
    assert.doesNotThrow(() => decodeURIComponent(long));
  });
});

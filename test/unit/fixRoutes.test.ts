import assert from 'node:assert/strict';
import { remedies } from '../../src/fixes/index.ts';
import type { RouteFacts } from '../../src/shared/finding.ts';
import { withEdits } from '../../src/fixes/source/memberEdits.ts';
import { plain } from '../../src/shared/text.ts';
import { contextOf } from './fixStage.ts';

const source = (url: string, more = ''): string => `const answer = await fetch(\`\${gateway}${url}\`${more});\n`;

/** What fixes make of a call that the description does not have. */
function offered(route: RouteFacts, text: string, path = '/v1/order', method = 'GET') {
  const context = contextOf({ cause: 'configuration_error', facts: { route }, path });
  const document = { text, languageId: 'typescript', line: 0 };
  return remedies({ ...context, document, finding: { ...context.finding, api: 'orders', method } });
}

describe('Refusals by an API’s own description', () => {
  const first = (route: RouteFacts, text: string, path?: string, method?: string): string => {
    const [remedy] = offered(route, text, path, method);
    assert.equal(remedy?.kind, 'edit');
    return withEdits(text, remedy.edits);
  };

  it('offer the near path', () => {
    const route: RouteFacts = { code: 'unknown_path', nearest: 'GET /v1/orders' };
    assert.match(first(route, source('/orders/v1/order')), /\/orders\/v1\/orders`/);
  });

  it('offer the near path where parameters are in it', () => {
    const route: RouteFacts = { code: 'unknown_path', nearest: 'GET /v1/orders/{id}' };
    assert.match(first(route, source('/orders/v1/order/7'), '/v1/order/7'), /\/orders\/v1\/orders\/7`/);
  });

  it('offer to open the description, and to let such calls pass, wherever they are made', () => {
    const titles = offered({ code: 'unknown_path' }, 'call();').map(({ title }) => plain(title));
    assert.deepEqual(titles.slice(0, 2), [
      'Open the description of orders',
      'Let calls to orders pass that are not described',
    ]);
  });

  it('offer the methods that the path takes', () => {
    const route: RouteFacts = { code: 'method_not_allowed', allow: ['GET', 'HEAD', 'PUT'] };
    const text = source('/orders/v1/orders', ", { method: 'POST' }");
    const titles = offered(route, text, '/v1/orders', 'POST').map(({ title }) => plain(title));
    assert.deepEqual(titles.slice(0, 3), ['Use GET', 'Use PUT', 'Open the description of orders']);
    assert.match(first(route, text, '/v1/orders', 'POST'), /method: 'GET'/);
  });

  it('offer the successor of what is retired', () => {
    const successor = 'http://127.0.0.1:8402/orders@2.0.0';
    for (const [version, url] of [
      ['1.0.0', '/orders@1.0.0/v1/orders'],
      ['1.0.0', '/orders/v1/list'],
    ] as const)
      assert.match(
        first({ code: 'api_retired', version, successor }, source(url), '/v1/orders'),
        /gateway\}\/orders@2\.0\.0\/v1/,
      );
  });

  it('offer the version in force in place of one that there is not', () => {
    const route: RouteFacts = { code: 'unknown_version', version: '3' };
    assert.match(first(route, source('/orders@3/v1/orders'), '/v1/orders'), /gateway\}\/orders\/v1/);
  });
});

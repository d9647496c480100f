import assert from 'node:assert/strict';
import { sampleTrends, type SampleTrends } from '../webview/sampleTrends.ts';
import { trendText } from '../../src/cli/trends.ts';
import { trendQuery } from '../../src/shared/trends.ts';

describe('tollgate trends', () => {
  let sample: SampleTrends;
  before(() => (sample = sampleTrends(Date.now())));
  after(() => sample.close());

  it('lays out sums, causes and lines for people', async () => {
    const trends = await sample.trends(trendQuery('7d', 'model', Date.now()));
    const told = trendText(trends, '/home/ada/shop');
    assert.match(told, /^anthropic\/claude-sonnet-4\.5 +\d+ +\d+ +\S+ m?s +\S+ m?s +\d+ +\$\d/m);
    assert.match(told, /^Last 7d +\d+/m);
    assert.match(told, /^insufficient_funds +\d+ +\d+$/m);
    assert.match(told, /^src\/assistant\.ts:48 +\$\d/m);
  });
});

import assert from 'node:assert/strict';
import { formatBytes, formatDuration, formatWait } from '../../webview/format.ts';
import { hasTerm, toggleTerm } from '../../webview/model/filterText.ts';
import { firstState, parsePanelState } from '../../webview/model/panelState.ts';
import { suggestions } from '../../webview/model/suggestions.ts';
import { timingBars } from '../../webview/model/timingBars.ts';

describe('What the log panel remembers', () => {
  it('is as at first where it cannot be read', () => {
    for (const odd of [
      undefined,
      null,
      7,
      'x',
      [],
      { filter: 3, widths: { a: 'wide' }, share: { side: 9 }, tab: null },
    ])
      assert.deepEqual(parsePanelState(odd), firstState);
  });

  it('comes back as it was', () => {
    const state = {
      ...firstState,
      filter: 'status:402',
      live: false,
      selected: 'x',
      detailOpen: true,
      tab: 'timing',
      widths: { status: 200 },
    };
    assert.deepEqual(parsePanelState(JSON.parse(JSON.stringify(state))), state);
  });
});

describe('Quick filters and completion', () => {
  it('add a term and take it away again', () => {
    assert.equal(toggleTerm('model:gpt', 'has:finding'), 'model:gpt has:finding');
    assert.equal(toggleTerm('model:gpt has:finding', 'has:finding'), 'model:gpt');
    assert.equal(hasTerm('body~"a has:finding b"', 'has:finding'), false);
    assert.equal(toggleTerm('body~"a  b"', 'state:open'), 'body~"a  b" state:open');
  });

  it('offer fields, then values, where the caret stands', () => {
    const [cause] = suggestions('status>=400 -cau', 16, {});
    assert.equal(cause?.text, 'status>=400 -cause:');
    const values = suggestions('cause:insuf', 11, {});
    assert.deepEqual(
      values.map(({ text }) => text),
      ['cause:insufficient_funds '],
    );
    assert.deepEqual(
      suggestions('api:o', 5, { api: ['openai', 'orders', 'x'] }).map(({ label }) => label),
      ['openai', 'orders'],
    );
    assert.deepEqual(suggestions('status', 3, {}), [], 'nothing in the middle of a word');
  });
});

describe('Numbers in the log panel', () => {
  it('are short and keep what matters', () => {
    assert.deepEqual([0, 812, 1024, 1536, 1_048_575, 1_048_576, 3_355_443, 5e12].map(formatBytes), [
      '0 B',
      '812 B',
      '1.0 KB',
      '1.5 KB',
      '1.0 MB',
      '1.0 MB',
      '3.2 MB',
      '4.5 TB',
    ]);
    assert.deepEqual([0.42, 312.4, 999.6, 2410, 185_000, 7_380_000].map(formatDuration), [
      '0.4 ms',
      '312 ms',
      '1.00 s',
      '2.41 s',
      '3 min 05 s',
      '2 h 03 min',
    ]);
    assert.deepEqual([20, 119, 7200, 200_000].map(formatWait), ['20 s', '2 min', '2 h 0 min', '2 d']);
  });

  it('place the phases of a call one after the other within its time', () => {
    const bars = timingBars({ queue: 10, connect: null, tls: null, firstByte: 60, download: 20, total: 100 });
    assert.deepEqual(
      bars.map(({ phase, startShare, lengthShare }) => [phase, startShare, lengthShare]),
      [
        ['queue', 0, 0.1],
        ['firstByte', 0.1, 0.6],
        ['download', 0.7, 0.2],
      ],
    );
    assert.deepEqual(
      timingBars({ queue: null, connect: null, tls: null, firstByte: null, download: null, total: null }),
      [],
    );
  });
});

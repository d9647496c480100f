import assert from 'node:assert/strict';
import { lineAfter, movesLines, type LineEdit } from '../../../src/extension/editor/lineEdits.ts';

function edit(start: [number, number], end: [number, number], breaks: number): LineEdit {
  return { start: { line: start[0], character: start[1] }, end: { line: end[0], character: end[1] }, breaks };
}

describe('line edits', () => {
  it('move what stands below, and leave what stands above', () => {
    const inserted = [edit([3, 0], [3, 0], 2)];
    assert.equal(lineAfter(inserted, 2, 5), 2);
    assert.equal(lineAfter(inserted, 3, 5), 5);
    assert.equal(lineAfter(inserted, 9, 0), 11);
  });

  it('leave a call on its line when the line is broken behind it, and take it along when before it', () => {
    assert.equal(lineAfter([edit([4, 30], [4, 30], 1)], 4, 10), 4);
    assert.equal(lineAfter([edit([4, 2], [4, 2], 1)], 4, 10), 5);
  });

  it('follow deletions of lines above', () => {
    assert.equal(lineAfter([edit([1, 0], [3, 0], 0)], 7, 4), 5);
    assert.equal(lineAfter([edit([1, 0], [4, 0], 0)], 4, 4), 1);
  });

  it('keep a line within a replaced text where the new text reaches as far', () => {
    assert.equal(lineAfter([edit([0, 0], [20, 0], 20)], 7, 4), 7);
    assert.equal(lineAfter([edit([0, 0], [20, 0], 3)], 7, 4), 3);
  });

  it('add up', () => {
    const typed = [edit([0, 0], [0, 0], 1), edit([1, 0], [1, 0], 1), edit([0, 0], [1, 0], 0)];
    assert.equal(lineAfter(typed, 5, 0), 6);
  });

  it('matter only where they have line breaks', () => {
    assert.equal(movesLines(edit([3, 1], [3, 4], 0)), false);
    assert.equal(movesLines(edit([3, 1], [3, 1], 1)), true);
    assert.equal(movesLines(edit([3, 1], [4, 0], 0)), true);
  });
});

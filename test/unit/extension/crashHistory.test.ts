import assert from 'node:assert/strict';
import { CrashHistory } from '../../../src/extension/crashHistory.ts';

describe('crash history', () => {
  it('restarts within a second, later each time, and gives up on the fifth crash within a minute', () => {
    const history = new CrashHistory();
    const delays = [0, 1000, 2000, 3000, 4000].map((time) => history.next(time));
    assert.deepEqual(
      delays.slice(0, 4),
      delays.slice(0, 4).toSorted((a, b) => Number(a) - Number(b)),
    );
    assert.ok(delays.slice(0, 4).every((delay) => delay !== null && delay < 1000));
    assert.equal(delays[4], null);
    assert.equal(history.count, 5);
  });

  it('forgets crashes after a minute, and when somebody starts it by hand', () => {
    const history = new CrashHistory();
    for (const time of [0, 1, 2, 3]) history.next(time);
    assert.notEqual(history.next(61_000), null);
    assert.equal(history.count, 1);
    history.forget();
    assert.equal(history.count, 0);
  });
});

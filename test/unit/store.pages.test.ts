import assert from 'node:assert/strict';
import { makeFolder, openStage, record } from './storeStage.ts';

describe('a page of the log', () => {
  it('begins anywhere, counted from the newest or from a row', async () => {
    const folder = makeFolder();
    const { recording } = await openStage(folder.path);
    for (let index = 1; index <= 30; index++) record(recording, { status: index % 3 === 0 ? 402 : 200 });
    await recording.flush();
    const numbers = async (filter: string, page: { readonly before?: number; readonly offset?: number }) => {
      const { rows, total } = await recording.exchanges({ filter, limit: 3, ...page });
      return { numbers: rows.map(({ number }) => number), total };
    };
    assert.deepEqual(await numbers('', { offset: 10 }), { numbers: [20, 19, 18], total: 30 });
    assert.deepEqual(await numbers('', { before: 20, offset: 2 }), { numbers: [17, 16, 15], total: 30 });
    assert.deepEqual(await numbers('status:402', { before: 28, offset: 1 }), { numbers: [24, 21, 18], total: 10 });
    assert.deepEqual(await numbers('status:402', { offset: 9 }), { numbers: [3], total: 10 });
    assert.deepEqual(await numbers('status:402', { offset: 10 }), { numbers: [], total: 10 });
    await recording.close();
    folder.remove();
  });
});

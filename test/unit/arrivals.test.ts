import assert from 'node:assert/strict';
import { makeFolder, openStage, record, type Folder, type Stage } from './storeStage.ts';

describe('When the pieces of a stream came', () => {
  let folder: Folder;
  let stage: Stage;
  before(async () => {
    folder = makeFolder();
    stage = await openStage(folder.path);
  });
  after(async () => {
    await stage.recording.close();
    folder.remove();
  });
  const typed = (type: string) => [['Content-Type', type]] as const;
  const pieces = ['data: 1\n\n', 'data: 22\n\n'].map((text) => Buffer.from(text));

  it('is kept of events and of WebSockets, by side and in order', async () => {
    const stream = record(stage.recording, { responseHeaders: typed('text/event-stream'), response: pieces });
    const socket = record(stage.recording, { status: 101, responseHeaders: [], request: 'abc', response: pieces });
    await stage.recording.flush();
    const sums = async (id: typeof stream): Promise<readonly number[]> => {
      const arrivals = (await stage.recording.exchange(id))?.arrivals ?? [];
      assert.ok(arrivals.every(([, , at], index) => at >= (arrivals[index - 1]?.[2] ?? 0)));
      return [0, 1].map((side) => arrivals.reduce((sum, [of, bytes]) => sum + (of === side ? bytes : 0), 0));
    };
    assert.deepEqual(await sums(stream), [0, 19]);
    assert.deepEqual(await sums(socket), [3, 19]);
  });

  it('is of no interest where all comes as one', async () => {
    const id = record(stage.recording, { response: '{"a":1}' });
    await stage.recording.flush();
    assert.equal((await stage.recording.exchange(id))?.arrivals, undefined);
  });
});

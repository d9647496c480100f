import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { makeFolder, openStage, record } from './storeStage.ts';

const middle = 'Zq7Xw9Vt5Rs3Pn1Lk8Jh';
const secret = `sk-or-v1-${middle}${middle}`;
const inHand = `plain/${middle}+words`;

describe('the files of the store', () => {
  it('hold no secret, whichever way it came', async () => {
    const folder = makeFolder();
    const { recording, rows } = await openStage(
      folder.path,
      { redactPatterns: [`LIC-${middle}`] },
      { values: [inHand] },
    );
    const headers = [
      ['Authorization', `Bearer ${secret}`],
      ['Cookie', `session=${middle}`],
      ['X-Custom-Token', middle],
      ['X-Note', `LIC-${middle}`],
      ['Referer', `https://user:${middle}@example.com/?api_key=${middle}`],
      ['Content-Type', 'application/json'],
    ] as const;
    const body = JSON.stringify({ model: 'm', password: middle, note: `${secret} LIC-${middle} ${inHand}` });
    for (const encoding of ['identity', 'gzip'])
      for (const status of [200, 402, 401]) {
        const packed = encoding === 'gzip' ? zlib.gzipSync(body) : Buffer.from(body);
        record(recording, {
          url: `https://user:${middle}@api.example.com/v1/x?key=${middle}&token=${middle}`,
          requestHeaders: [...headers, ['Content-Encoding', encoding]],
          request: packed,
          status,
          responseHeaders: [...headers, ['Content-Encoding', encoding], ['Set-Cookie', `sid=${middle}; Path=/`]],
          response: [packed.subarray(0, 60), packed.subarray(60)],
          trailers: [['X-Secret', middle]],
        });
      }
    await recording.flush();
    const stored = readdirSync(folder.path, { withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name }) => readFileSync(path.join(folder.path, name)).toString('latin1'));
    const told = JSON.stringify(rows) + (await recording.exportHar(''));
    await recording.close();
    folder.remove();
    assert.ok(stored.join('').includes('[redacted]'));
    for (const text of [...stored, told])
      for (let at = 0; at + 5 <= middle.length; at++)
        assert.ok(!text.includes(middle.slice(at, at + 5)), `${middle.slice(at, at + 5)} is left`);
  });
});

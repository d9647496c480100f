import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import zlib from 'node:zlib';
import { createRedactedPieces } from '../../src/gateway/bodyFiles/redactPieces.ts';
import { openSpool, readSpool } from '../../src/gateway/bodyFiles/spool.ts';
import { sessionLines } from '../../src/gateway/sessions/writeSession.ts';
import { createIntake } from '../../src/gateway/store/intake.ts';
import { openLogQueries } from '../../src/gateway/store/log.ts';
import { createRedactor } from '../../src/gateway/redact/redactor.ts';
import type { ExchangeId } from '../../src/shared/exchange.ts';
import { defaultSettings } from '../../src/shared/settings.ts';
import { eventsOf, makeFolder, noRules, openStage, record, type Call, type Folder, type Stage } from './storeStage.ts';

const secret = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;
const mebi = 1024 * 1024;

interface Har {
  readonly log: {
    readonly entries: readonly {
      readonly request: { readonly postData: { readonly text: string; readonly _encoding: string } };
      readonly _tollgate: { readonly requestTruncated: boolean };
    }[];
  };
}

interface Saved {
  readonly bodies: { readonly request: { readonly base64: string } };
}

/** Text of about so many bytes, with a secret every so often. */
function leaky(bytes: number, line: (index: number) => string): Buffer {
  const lines: string[] = [];
  for (let [length, index] = [0, 0]; length < bytes; index++) {
    lines.push(line(index));
    length += lines.at(-1)?.length ?? 0;
  }
  return Buffer.from(lines.join(''));
}

const piecesOf = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );

const prose = 'Grüße an alle, die das lesen; es geht noch eine Weile so weiter. ';

describe('bodies that are longer than a row of the log', () => {
  describe('redacted by pieces', () => {
    const redactor = createRedactor({ ...noRules, values: ['a literal secret'] }, assert.fail);
    const forms: Readonly<Record<string, readonly [type: string, body: Buffer]>> = {
      'JSON on one line': [
        'application/json',
        leaky(2 * mebi, (index) => `{"n":${index},"text":"${prose}","api_key":"${index}abcdefgh${index}"},`),
      ],
      'lines with keys in running text': ['text/plain', leaky(2 * mebi, (index) => `${prose}${index} ${secret}\n`)],
      'one long secret value': [
        'application/json',
        Buffer.from(
          `{"a":"${prose.repeat(14_000)}","client_secret":"${'x1y2'.repeat(10_000)}","b":"${prose.repeat(9_000)}"}`,
        ),
      ],
      'a private key in the middle': [
        'text/plain',
        Buffer.from(
          `${prose.repeat(8_060)}-----BEGIN RSA PRIVATE KEY-----\n${'QUJD\n'.repeat(9_000)}-----END RSA PRIVATE KEY-----\n${prose.repeat(8_000)}`,
        ),
      ],
      'bytes with a literal in them': [
        'application/octet-stream',
        Buffer.concat([Buffer.alloc(700_000, 0xf1), Buffer.from('a literal secret'), Buffer.alloc(700_000, 0)]),
      ],
    };
    for (const [name, [type, body]] of Object.entries(forms))
      it(`comes out as if it were one: ${name}`, () => {
        const clean: Uint8Array[] = [];
        const pieces = createRedactedPieces(
          (bytes, cut) => redactor.body(bytes, type, cut).bytes,
          (told) => clean.push(told),
        );
        for (const piece of piecesOf(body, 70_001)) assert.ok(pieces.add(piece));
        pieces.end(false);
        assert.ok(clean.length > 1, 'It has to be more than one piece.');
        assert.equal(Buffer.compare(Buffer.concat(clean), redactor.body(body, type, false).bytes), 0);
      });

    it('gives up what nowhere can be cut, rather than telling half a secret', () => {
      const clean: Uint8Array[] = [];
      const pieces = createRedactedPieces(
        (bytes, cut) => redactor.body(bytes, 'application/json', cut).bytes,
        (told) => clean.push(told),
      );
      const body = Buffer.from(`{"client_secret":"${'x1y2'.repeat(3 * mebi)}"}`);
      assert.equal(
        piecesOf(body, 300_000).every((piece) => pieces.add(piece)),
        false,
      );
      pieces.end(true);
      assert.equal(Buffer.concat(clean).length, 0);
    });
  });

  it('is cut rather than let calls wait behind it to be recorded', () => {
    const told: string[] = [];
    const intake = createIntake(
      (event, isLong) => told.push(isLong === true ? `${event.type} long` : event.type),
      () => undefined,
    );
    intake.limitBodies(100 * mebi, 1000);
    const [begin, ...rest] = eventsOf({ request: '', response: piecesOf(Buffer.alloc(3000), 1500) });
    const waiting = [0, 0, 0, 1537 * mebi, 0];
    for (const [index, event] of [begin, ...rest].entries())
      if (event !== undefined) intake.take(event, 0, waiting[index] ?? 0);
    assert.deepEqual(told, ['begin', 'response', 'responseData', 'responseSkipped', 'responseTail', 'end']);
  });

  it('waits on the disk enciphered, and comes back as it was', () => {
    const folder = makeFolder();
    const file = path.join(folder.path, 'spool');
    const spool = openSpool(file);
    spool.write(Buffer.from(secret));
    if (process.platform === 'win32') assert.ok(!readFileSync(file).includes(secret.slice(0, 12)));
    else assert.deepEqual(readdirSync(folder.path), [], 'It has no name.');
    assert.equal(spool.written, secret.length);
    const reader = readSpool(spool.access);
    assert.equal(Buffer.from(reader.next(10)).toString(), secret.slice(0, 10));
    spool.write(Buffer.from('!'));
    assert.equal(Buffer.from(reader.next(1000)).toString(), `${secret.slice(10)}!`);
    assert.equal(reader.next(1000).length, 0);
    spool.close();
    folder.remove();
  });

  describe('through the recording thread', () => {
    let folder: Folder;
    let stage: Stage;
    before(async () => {
      folder = makeFolder();
      stage = await openStage(folder.path, { maxBodyBytes: 100_000, bodyFileBytes: 10 * mebi });
    });
    after(async () => {
      await stage.recording.close();
      folder.remove();
    });
    const files = (): string[] =>
      existsSync(path.join(folder.path, 'bodies')) ? readdirSync(path.join(folder.path, 'bodies')) : [];
    const kept = async (call: Call): Promise<ExchangeId> => {
      const id = record(stage.recording, call);
      while ((await onDisk(id)) === undefined) await new Promise((resolve) => setTimeout(resolve, 20));
      return id;
    };
    const onDisk = async (id: ExchangeId): Promise<number | undefined> => {
      const exchange = await stage.recording.exchange(id);
      return exchange?.response?.body.onDisk ?? exchange?.request.body.onDisk;
    };
    const json = leaky(600_000, (index) => `{"n":${index},"text":"${prose}","key":"${secret}"}\n`);
    const cleanJson = json.toString().replaceAll(secret, '[redacted]');

    it('keeps an answer whole and without its secrets, however it was compressed', async () => {
      const id = await kept({
        responseHeaders: [
          ['Content-Type', 'application/x-ndjson'],
          ['Content-Encoding', 'gzip'],
        ],
        response: piecesOf(zlib.gzipSync(json), 3000),
      });
      const info = (await stage.recording.exchange(id))?.response?.body;
      assert.deepEqual([info?.truncated, info?.onDisk], [false, Buffer.byteLength(cleanJson)]);
      const body = await stage.recording.body(id, 'response');
      assert.equal(body?.truncated, false);
      assert.equal(Buffer.from(body.bytes).toString(), cleanJson);
      assert.ok(stage.rows.some((row) => row.id === id));
    });

    it('names the file of what is too long to be handed over at once, and hands over its beginning', async () => {
      const request = Buffer.alloc(9 * mebi, 'All work and no play makes a long request. ');
      const id = await kept({ requestHeaders: [['Content-Type', 'text/plain']], request });
      const body = await stage.recording.body(id, 'request');
      assert.equal(body?.truncated, true);
      assert.ok(body.bytes.length > 99_000 && body.bytes.length <= 100_000);
      const file = await stage.recording.bodyFile(id, 'request');
      assert.equal(file?.whole, true);
      assert.equal(Buffer.compare(readFileSync(file.path), request), 0);
      assert.equal(await stage.recording.bodyFile(id, 'response'), null);
      const same = (base64: unknown): void =>
        assert.equal(Buffer.compare(Buffer.from(String(base64), 'base64'), request), 0);
      const har = JSON.parse(await stage.recording.exportHar('request.size>8mb')) as Har;
      const entry = har.log.entries.at(-1);
      assert.deepEqual([entry?.request.postData._encoding, entry?._tollgate.requestTruncated], ['base64', false]);
      same(entry?.request.postData.text);
      const { queries, close } = openLogQueries(folder.path);
      const lines = [...sessionLines(queries, 'request.size>8mb', null)].join('').trim().split('\n');
      close();
      same((JSON.parse(lines.at(-1) ?? '') as Saved).bodies.request.base64);
    });

    it('keeps the beginning of what is longer than all such files may be, and says that it is cut', async () => {
      const id = await kept({ response: piecesOf(Buffer.alloc(11 * mebi, 'abcdefgh\n'), mebi) });
      const info = (await stage.recording.exchange(id))?.response?.body;
      assert.equal(info?.truncated, true);
      assert.ok((info.onDisk ?? 0) > 100_000 && (info.onDisk ?? 0) <= 10 * mebi);
    });

    it('deletes files with their calls', async () => {
      await kept({ response: json });
      assert.ok(files().length > 0);
      await stage.recording.clear();
      assert.deepEqual(files(), []);
    });

    it('lets the oldest files go first when they come to more than is allowed, and sweeps what a crash left', async () => {
      const first = await kept({ response: json });
      const second = await kept({ response: json });
      await stage.recording.close();
      const left = path.join(folder.path, 'bodies', 'left-behind');
      writeFileSync(left, '');
      utimesSync(left, 1, 1);
      stage = await openStage(folder.path, {
        maxBodyBytes: 100_000,
        bodyFileBytes: Buffer.byteLength(cleanJson) * 1.5,
      });
      while (files().length > 1) await new Promise((resolve) => setTimeout(resolve, 20));
      assert.deepEqual([await onDisk(first), await onDisk(second)], [undefined, Buffer.byteLength(cleanJson)]);
      assert.equal((await stage.recording.body(first, 'response'))?.truncated, true);
    });

    it('opens no file where none is wanted', async () => {
      stage.recording.configure({ ...defaultSettings, maxBodyBytes: 1000, bodyFileBytes: 0 }, noRules);
      const before = files();
      const id = record(stage.recording, { response: json });
      await stage.recording.flush();
      assert.equal((await stage.recording.exchange(id))?.response?.body.truncated, true);
      assert.deepEqual(files(), before);
    });
  });
});

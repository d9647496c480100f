import assert from 'node:assert/strict';
import zlib from 'node:zlib';
import { createBodyCollector, type CollectedBody } from '../../src/gateway/store/bodyCollector.ts';
import { bodyText, makeFolder, openStage, record, type Folder, type Stage } from './storeStage.ts';

const secret = `sk-or-v1-${'0123456789abcdef'.repeat(4)}`;
const text = JSON.stringify({ message: 'Grüße aus dem Store. '.repeat(200), leaked: secret });

const encoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => zlib.gzipSync(bytes),
  'x-gzip': (bytes) => zlib.gzipSync(bytes),
  br: (bytes) => zlib.brotliCompressSync(bytes),
  zstd: (bytes) => zlib.zstdCompressSync(bytes),
  deflate: (bytes) => zlib.deflateSync(bytes),
  'deflate ': (bytes) => zlib.deflateRawSync(bytes),
  'deflate, gzip, br': (bytes) => zlib.brotliCompressSync(zlib.gzipSync(zlib.deflateSync(bytes))),
  identity: (bytes) => bytes,
};

async function collect(encoding: string, pieces: readonly Uint8Array[], limit = 1_000_000): Promise<CollectedBody> {
  const collector = createBodyCollector(encoding, limit);
  for (const piece of pieces) collector.write(piece);
  await collector.finish();
  return collector.soFar();
}

const pieces = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );

describe('bodies on their way into the store', () => {
  for (const [encoding, encode] of Object.entries(encoders))
    it(`decodes ${encoding === 'deflate ' ? 'deflate without the frame of zlib' : encoding}, piece by piece`, async () => {
      for (const size of [3, 100_000]) {
        const body = await collect(encoding, pieces(encode(Buffer.from(text)), size));
        assert.equal(Buffer.from(body.bytes).toString(), text);
        assert.equal(body.decodeError, null);
        assert.equal(body.cut, false);
      }
    });

  it('stops at the limit, however much a small body unfolds into', async () => {
    const bomb = zlib.gzipSync(zlib.gzipSync(Buffer.alloc(200 * 1024 * 1024)));
    const body = await collect('gzip, gzip', [bomb], 5000);
    assert.equal(body.bytes.length, 5000);
    assert.equal(body.cut, true);
    assert.equal(body.decodeError, null);
  });

  it('shows what there is of a compressed body that ends early', async () => {
    const whole = zlib.gzipSync(Buffer.from(text), { level: 1 });
    const body = await collect('gzip', [whole.subarray(0, whole.length - 40)]);
    assert.ok(body.bytes.length > 100);
    assert.ok(text.startsWith(Buffer.from(body.bytes).toString().slice(0, 100)));
  });

  it('says so where a body is not what its header claims, and keeps it where it is text', async () => {
    const plain = await collect('gzip', [Buffer.from('{"error":"plain after all"}')]);
    assert.equal(Buffer.from(plain.bytes).toString(), '{"error":"plain after all"}');
    assert.match(plain.decodeError ?? '', /not gzip/);
    const broken = await collect('br', [Buffer.from([0xff, 0xfe, 0x00, 0x12, 0x99])]);
    assert.equal(broken.bytes.length, 0);
    assert.match(broken.decodeError ?? '', /not br/);
  });

  it('keeps a body of unknown encoding only where it is text after all, since it could hide secrets', async () => {
    const odd = await collect('utf-8', [Buffer.from('{"a":1}')]);
    assert.equal(Buffer.from(odd.bytes).toString(), '{"a":1}');
    const packed = await collect('compress', [Buffer.from([0x1f, 0x9d, 0x90, 0x00, 0xff])]);
    assert.equal(packed.bytes.length, 0);
    assert.match(packed.decodeError ?? '', /"compress" is not known, so the body was not kept/);
    assert.equal(
      (await collect('constructor', [Buffer.from('x')])).decodeError,
      'The content encoding "constructor" is not known.',
    );
  });

  it('keeps a beginning without holes once a piece was left out', () => {
    const collector = createBodyCollector(null, 100);
    collector.write(Buffer.from('one '));
    collector.skip(10);
    collector.write(Buffer.from('three'));
    const body = collector.soFar();
    assert.equal(Buffer.from(body.bytes).toString(), 'one ');
    assert.equal(body.cut, true);
    assert.equal(collector.received, 19);
  });

  describe('through the recording thread', () => {
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

    for (const [encoding, encode] of Object.entries(encoders))
      it(`stores ${encoding} decoded and without its secret, and remembers the size on the wire`, async () => {
        const wire = encode(Buffer.from(text));
        const id = record(stage.recording, {
          responseHeaders: [
            ['Content-Type', 'application/json'],
            ['Content-Encoding', encoding],
          ],
          response: pieces(wire, 1000),
        });
        await stage.recording.flush();
        const exchange = await stage.recording.exchange(id);
        assert.equal(exchange?.response?.body.size, wire.length);
        assert.equal(exchange.response.body.encoding, encoding);
        assert.equal(exchange.response.body.truncated, false);
        assert.equal(await bodyText(stage.recording, id, 'response'), text.replace(secret, '[redacted]'));
      });

    it('finds a secret however the body is cut into pieces', async () => {
      const body = Buffer.from(`{"note":"${secret}"}`);
      for (const size of [1, 7, 13, 40]) {
        const id = record(stage.recording, { response: pieces(body, size) });
        assert.equal(await bodyText(stage.recording, id, 'response'), '{"note":"[redacted]"}');
      }
    });

    it('decodes requests as well', async () => {
      const id = record(stage.recording, {
        requestHeaders: [
          ['content-type', 'application/json'],
          ['content-encoding', 'gzip'],
        ],
        request: zlib.gzipSync('{"model":"packed-1"}'),
      });
      await stage.recording.flush();
      assert.equal((await stage.recording.exchange(id))?.model, 'packed-1');
    });
  });
});

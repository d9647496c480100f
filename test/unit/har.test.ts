import assert from 'node:assert/strict';
import { openLog } from '../../src/gateway/store/log.ts';
import { ChannelError } from '../../src/shared/channel.ts';
import { makeFolder, openStage, record, type Folder, type Stage } from './storeStage.ts';

interface Har {
  readonly log: {
    readonly version: string;
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
  };
}
interface HarEntry {
  readonly startedDateTime: string;
  readonly time: number;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
  readonly cache: object;
  readonly timings: Readonly<Record<string, number>>;
  readonly _error?: string;
  readonly _tollgate: Readonly<Record<string, unknown>>;
}

/** The members that HAR 1.2 requires. */
const required = {
  request: ['method', 'url', 'httpVersion', 'cookies', 'headers', 'queryString', 'headersSize', 'bodySize'],
  response: [
    'status',
    'statusText',
    'httpVersion',
    'cookies',
    'headers',
    'content',
    'redirectURL',
    'headersSize',
    'bodySize',
  ],
} as const;

describe('the HAR export', () => {
  let folder: Folder;
  let stage: Stage;
  before(async () => {
    folder = makeFolder();
    stage = await openStage(folder.path);
    record(stage.recording, {
      url: 'https://api.example.com/v1/things?q=a%20b&key=hidden',
      requestHeaders: [
        ['Authorization', 'Bearer hidden'],
        ['Cookie', 'a=hidden; b=hidden'],
        ['Content-Type', 'application/json'],
      ],
      request: '{"a":1}',
      response: '{"ok":true}',
    });
    record(stage.recording, {
      responseHeaders: [
        ['Content-Type', 'image/png'],
        ['Set-Cookie', 'sid=hidden; Path=/'],
      ],
      response: Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x00, 0xff]),
    });
    const failure = { code: 'upstream_unreachable', message: 'Nobody answers.', hint: 'Start it.' } as const;
    record(stage.recording, { status: 502, state: 'failed', failure });
  });
  after(async () => {
    await stage.recording.close();
    folder.remove();
  });

  const exported = async (filter = ''): Promise<Har> => JSON.parse(await stage.recording.exportHar(filter)) as Har;

  it('has every member that HAR 1.2 requires', async () => {
    const { log } = await exported();
    assert.equal(log.version, '1.2');
    assert.equal(log.creator.name, 'Tollgate');
    assert.equal(log.entries.length, 3);
    for (const entry of log.entries) {
      assert.ok(!Number.isNaN(Date.parse(entry.startedDateTime)));
      assert.equal(typeof entry.time, 'number');
      assert.equal(typeof entry.cache, 'object');
      for (const side of ['request', 'response'] as const)
        for (const member of required[side]) assert.ok(member in entry[side], `${side}.${member}`);
      for (const phase of ['send', 'wait', 'receive']) assert.ok((entry.timings[phase] ?? -1) >= 0, phase);
    }
  });

  it('carries bodies, queries and timing, and no secrets', async () => {
    const text = await stage.recording.exportHar('');
    assert.ok(!text.includes('hidden'));
    const [first] = (await exported()).log.entries;
    assert.deepEqual(first?.request.postData, { mimeType: 'application/json', params: [], text: '{"a":1}' });
    assert.deepEqual(first.request.queryString, [
      { name: 'q', value: 'a b' },
      { name: 'key', value: '[redacted]' },
    ]);
    assert.deepEqual(first.request.cookies, [
      { name: 'a', value: '[redacted]' },
      { name: 'b', value: '[redacted]' },
    ]);
    assert.deepEqual(first.response.content, { size: 11, mimeType: 'application/json', text: '{"ok":true}' });
    assert.deepEqual(first.timings, { blocked: 1, dns: -1, connect: 5, ssl: 3, send: 0, wait: 40, receive: 5 });
    assert.equal(first._tollgate.api, 'things');
  });

  it('carries binary bodies as base64, and why a call failed', async () => {
    const [, binary, failed] = (await exported()).log.entries;
    assert.deepEqual(binary?.response.content, {
      size: 6,
      mimeType: 'image/png',
      text: 'iVBORwD/',
      encoding: 'base64',
    });
    assert.equal(failed?._error, 'Nobody answers.');
  });

  it('exports what matches only, and an empty log where nothing does', async () => {
    assert.equal((await exported('state:failed')).log.entries.length, 1);
    assert.deepEqual((await exported('path:nowhere')).log.entries, []);
    await assert.rejects(exported('state:'), (error) => error instanceof ChannelError && error.code === 'bad_filter');
  });

  it('is the same from the command line, read while the gateway writes', async () => {
    await stage.recording.flush();
    const log = openLog(folder.path);
    try {
      assert.equal([...log.exportHar('')].join(''), await stage.recording.exportHar(''));
    } finally {
      log.close();
    }
  });
});

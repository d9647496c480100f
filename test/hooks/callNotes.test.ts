import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openCallNotes, type CallNotes } from '../../src/gateway/callSites/callNotes.ts';
import type { CallNote, CallSite } from '../../src/shared/callSite.ts';

const now = Date.now();

describe('joining notes to requests', () => {
  let folder: string;
  let source: string;
  let notes: CallNotes;

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tollgate-notes-'));
    source = path.join(folder, 'program.js');
    writeFileSync(source, '\n'.repeat(100));
    utimesSync(source, now / 1000 - 60, now / 1000 - 60);
    notes = openCallNotes(path.join(folder, 'spool'));
  });
  afterEach(() => {
    notes.dispose();
    rmSync(folder, { recursive: true });
  });

  const take = (request: Parameters<CallNotes['take']>[0]): CallSite | null => notes.take(request)?.callSite ?? null;
  const spoolFile = (pid = process.pid): string => path.join(folder, 'spool', `${pid}-${now - 1000}-0-1.jsonl`);
  const note = (line: number, given: Partial<CallNote> = {}): string => {
    const frame = { file: source, line, column: 3, function: 'ask', awaited: false };
    const whole = { pid: 1, port: 5000, ordinal: 1, method: 'GET', path: '/a', at: now, how: 'sync', frames: [frame] };
    return `${JSON.stringify({ ...whole, ...given })}\n`;
  };
  const call = { port: 5000, ordinal: 1, method: 'GET', path: '/a', startedAt: now + 5 };

  it('gives the line of the note with the same port, ordinal, method and path, once', () => {
    appendFileSync(spoolFile(), note(7));
    assert.deepEqual(take(call), { file: source, line: 7, column: 3, function: 'ask', certainty: 'exact' });
    assert.equal(take(call), null);
  });

  it('tells the process, though none of the lines be the user’s', () => {
    appendFileSync(spoolFile(), note(7, { pid: 4711, frames: [] }));
    const taken = notes.take(call);
    assert.equal(taken?.pid, 4711);
    assert.equal(taken.callSite, null);
  });

  it('does not shift the successors of a note that was lost', () => {
    appendFileSync(spoolFile(), note(1) + note(3, { ordinal: 3 }));
    assert.equal(take({ ...call, ordinal: 2 }), null);
    assert.equal(take({ ...call, ordinal: 3 })?.line, 3);
    assert.equal(take(call)?.line, 1);
  });

  it('refuses a note of another method or path', () => {
    appendFileSync(spoolFile(), note(1));
    assert.equal(take({ ...call, method: 'POST' }), null);
    assert.equal(take({ ...call, path: '/b' }), null);
  });

  it('takes the note nearest in time where a port was used again, and never one long before', () => {
    appendFileSync(spoolFile(), note(1, { at: now - 60_000 }) + note(2, { at: now - 900 }) + note(3));
    assert.equal(take(call)?.line, 3);
    assert.equal(take(call), null);
  });

  it('reads what is appended later, in files that come later, and lines that come in pieces', () => {
    assert.equal(take(call), null);
    const line = note(4, { path: '/ä' });
    const bytes = Buffer.from(line);
    const middle = bytes.indexOf(0xc3) + 1;
    appendFileSync(spoolFile(), bytes.subarray(0, middle));
    assert.equal(take({ ...call, path: '/ä' }), null);
    appendFileSync(spoolFile(), bytes.subarray(middle));
    assert.equal(take({ ...call, path: '/ä' })?.line, 4);
  });

  it('passes over lines that are no notes', () => {
    appendFileSync(spoolFile(), `\n{"pid":1\nnull\n{"frames":[]}\n${note(5)}`);
    assert.equal(take(call)?.line, 5);
  });

  it('says "near" where the line only awaits the call', () => {
    const frame = { file: source, line: 9, column: 1, function: null, awaited: true };
    appendFileSync(spoolFile(), note(1, { how: 'async' }) + note(1, { ordinal: 2, frames: [frame] }));
    assert.equal(take(call)?.certainty, 'near');
    assert.deepEqual(take({ ...call, ordinal: 2 }), {
      file: source,
      line: 9,
      column: 1,
      function: null,
      certainty: 'near',
    });
  });

  it('says "near" of a big file without a map, where the user’s lines and libraries’ are one', () => {
    writeFileSync(source, '\n'.repeat(300_000));
    utimesSync(source, now / 1000 - 60, now / 1000 - 60);
    appendFileSync(spoolFile(), note(7));
    assert.equal(take(call)?.certainty, 'near');
  });

  it('says "near" where the map that a file names is missing or broken', () => {
    for (const [ordinal, url] of ['missing.map', 'data:application/json,{"version":3}', 'data:,%'].entries()) {
      writeFileSync(source, `\n\n//# sourceMappingURL=${url}\n`);
      utimesSync(source, now / 1000 - 60 + ordinal, now / 1000 - 60 + ordinal);
      appendFileSync(spoolFile(), note(1, { ordinal: ordinal + 1 }));
      assert.equal(take({ ...call, ordinal: ordinal + 1 })?.certainty, 'near');
    }
  });

  it('leaves out libraries that a bundle holds, and finds sources named as bundlers do', () => {
    const app = path.join(folder, 'app.ts');
    writeFileSync(app, 'x\n');
    writeFileSync(path.join(folder, 'package.json'), '{}');
    // Line 1 comes from the library, line 2 from the program.
    const map = {
      version: 3,
      sources: ['webpack://app/./node_modules/sdk/index.js', 'webpack://app/./app.ts'],
      mappings: 'AAAA;ACAA',
    };
    writeFileSync(
      source,
      `a\nb\n//# sourceMappingURL=data:application/json,${encodeURIComponent(JSON.stringify(map))}`,
    );
    utimesSync(source, now / 1000 - 60, now / 1000 - 60);
    const frames = [1, 2].map((line) => ({ file: source, line, column: 1, function: null, awaited: false }));
    appendFileSync(spoolFile(), note(1, { frames }));
    const site = take(call);
    assert.deepEqual([site?.file, site?.line], [app, 1]);
  });

  it('deletes the files of programs that have ended, and no others', () => {
    const dead = spoolFile(2 ** 22 + 1);
    appendFileSync(dead, note(6));
    appendFileSync(spoolFile(), note(7, { ordinal: 2 }));
    assert.equal(take(call)?.line, 6);
    assert.equal(existsSync(dead), false);
    assert.equal(existsSync(spoolFile()), true);
    appendFileSync(spoolFile(), note(8, { ordinal: 3 }));
    assert.equal(take({ ...call, ordinal: 3 })?.line, 8);
  });

  it('gives nothing, and fails nowhere, where the spool is gone', () => {
    rmSync(path.join(folder, 'spool'), { recursive: true });
    assert.equal(take(call), null);
  });
});

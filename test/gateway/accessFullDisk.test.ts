import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import path from 'node:path';
import { call, declared, restarted, subscribed } from './accessStage.ts';
import { closeAll, closeLater, temporaryFolder, until } from './support.ts';

/** A disk of a few megabytes; null where one may not make one. */
async function smallDisk(): Promise<string | null> {
  const folder = path.join(await temporaryFolder(), 'disk');
  mkdirSync(folder);
  if (process.platform !== 'linux') return null;
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder]).status !== 0) return null;
  closeLater(() => Promise.resolve(void spawnSync('umount', ['--lazy', folder])));
  return folder;
}

/** Writes until nothing more goes in. @returns the file. */
function fill(disk: string): string {
  const file = path.join(disk, 'ballast');
  const handle = openSync(file, 'w');
  try {
    for (;;) writeSync(handle, Buffer.alloc(4096, 'x'));
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC');
    return file;
  } finally {
    closeSync(handle);
  }
}

describe('A full disk', () => {
  afterEach(closeAll);

  it('has changes of access refused with the reason, calls pass, and nothing lost that was acknowledged', async function () {
    const disk = await smallDisk();
    if (disk === null) {
      console.log('      Only root on Linux can make a small disk to fill.');
      return this.skip();
    }
    const { catalogueFile } = await declared();
    const dataDirectory = path.join(disk, 'data');
    const gateway = await restarted({ catalogueFile }, dataDirectory);
    const fixture = { ...gateway, catalogueFile, directory: disk };
    const secret = await subscribed(fixture, 'z');
    const shown = { authorization: `Bearer ${secret}` };
    assert.equal((await call(gateway, '/z/before', shown)).status, 200);

    const ballast = fill(disk);
    const kept = new Set((await gateway.api.access()).keys.map(({ id }) => id));
    // What was free within the file's own pages may still take a few.
    const refused = await until(async () => {
      fill(disk);
      try {
        kept.add((await gateway.api.issueKey({ application: 'shop', name: 'more' })).key.id);
        return undefined;
      } catch (error) {
        return String(error);
      }
    }, 'the disk to be full');
    assert.match(refused, /The disk is full, so nothing was changed/);
    assert.equal((await call(gateway, '/z/meanwhile', shown)).status, 200);
    assert.deepEqual(new Set((await gateway.api.access()).keys.map(({ id }) => id)), kept);

    rmSync(ballast);
    const { key } = await gateway.api.issueKey({ application: 'shop', name: 'after' });
    assert.equal((await call(gateway, '/z/after', shown)).status, 200);
    await gateway.close();
    const again = await restarted({ catalogueFile }, dataDirectory);
    assert.deepEqual(new Set((await again.api.access()).keys.map(({ id }) => id)), new Set([...kept, key.id]));
    assert.equal((await call(again, '/z/again', shown)).status, 200);
  });

  it('is no reason for a gateway not to start', async function () {
    const disk = await smallDisk();
    if (disk === null) return this.skip();
    const { catalogueFile } = await declared();
    fill(disk);
    const gateway = await restarted({ catalogueFile }, path.join(disk, 'data'));
    assert.equal((await call(gateway, '/y/now', {})).status, 200);
    await assert.rejects(gateway.api.issueKey({ application: 'shop', name: 'ci' }), /cannot be|full/);
  });
});

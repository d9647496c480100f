import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { invocation } from '../../src/cli/windowsProgram.ts';

describe('starting a program', () => {
  it('leaves it alone where there are no batch files', () => {
    assert.deepEqual(invocation('npm', ['a b'], {}, 'linux'), { program: 'npm', args: ['a b'], verbatim: false });
  });

  it('goes through cmd.exe for a batch file, with arguments quoted for it', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-batch-'));
    try {
      writeFileSync(path.join(folder, 'npm.CMD'), '');
      writeFileSync(path.join(folder, 'npm'), '');
      writeFileSync(path.join(folder, 'node.EXE'), '');
      const environment = { PATH: folder, PATHEXT: '.EXE;.CMD', comspec: 'C:\\cmd.exe' };
      const started = invocation('npm', ['test', 'a"b & c\\'], environment, 'win32');
      assert.equal(started.program, 'C:\\cmd.exe');
      assert.deepEqual(started.args.slice(0, 3), ['/d', '/s', '/c']);
      assert.ok(started.verbatim);
      assert.ok(started.args[3]?.endsWith('npm.CMD ^^^"test^^^" ^^^"a\\^^^"b^^^ ^^^&^^^ c\\\\^^^""'), started.args[3]);
      assert.equal(invocation('node', [], environment, 'win32').program, 'node');
      assert.equal(invocation('missing', [], environment, 'win32').program, 'missing');
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

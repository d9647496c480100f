import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { tollgate } from './window.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

describe('the manifest', () => {
  it('lists exactly the commands that are registered', async () => {
    await tollgate();
    const { contributes } = vscode.extensions.getExtension('tollgate.tollgate')?.packageJSON as Manifest;
    const declared = contributes.commands.map(({ command }) => command).sort();
    // VS Code adds commands of its own for each view: open, focus, resetViewLocation, removeView and such.
    const added = /^tollgate\.(?:apis|findings|access|prompts)\.|^tollgate\.log\./;
    const registered = (await vscode.commands.getCommands(true)).filter(
      (id) => id.startsWith('tollgate.') && !added.test(id),
    );
    assert.deepEqual(registered.sort(), declared);
  });

  it('links causes to pages that can be read', async () => {
    const page = await vscode.workspace.openTextDocument(vscode.Uri.parse('tollgate-docs:/insufficient_funds.md'));
    assert.match(page.getText(), /^# \S/);
    assert.match(page.getText(), /`insufficient_funds`/);
  });
});

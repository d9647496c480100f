import assert from 'node:assert/strict';
import path from 'node:path';
import * as vscode from 'vscode';
import { diagnosticsOf, folder, runningGateway, until, write } from './window.ts';

const file = path.join(folder, 'tollgate.jsonc');

describe('tollgate.jsonc', () => {
  it('shows what is wrong with it where it is wrong, and keeps the last good configuration running', async () => {
    const { url } = await runningGateway();
    await write('tollgate.jsonc', '{\n  "apis": {\n    "orders": { "upstream": "nowhere" }\n  }\n}\n');
    const [problem] = await until('a problem', () => {
      const found = diagnosticsOf(file);
      return found.length > 0 ? found : null;
    });
    assert.equal(problem?.range.start.line, 2);
    assert.equal((await fetch(`${url}/orders/x`)).headers.get('x-tollgate-error'), 'upstream_unreachable');
    await write('tollgate.jsonc', '{ "apis": { "orders": { "upstream": "http://127.0.0.1:9" } } }');
    await until('no problem', () => diagnosticsOf(file).length === 0);
  });

  it('offers completion from its schema', async () => {
    const text = '{ "apis": { "orders": {  } } }';
    await write('tollgate.jsonc', text);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.file(file));
    await vscode.window.showTextDocument(document);
    const position = document.positionAt(text.indexOf('{  }') + 2);
    const labels = await until('completions', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>(
        'vscode.executeCompletionItemProvider',
        document.uri,
        position,
      );
      const found = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      return found.includes('upstream') ? found : null;
    });
    assert.ok(labels.includes('provider'));
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });
});

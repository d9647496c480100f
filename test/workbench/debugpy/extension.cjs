// What the Python debugger's extension comes down to once its configuration is resolved: the adapter, as a program.
const { readFileSync } = require('node:fs');
const path = require('node:path');
const vscode = require('vscode');

exports.activate = (context) => {
  const { python, debugpy } = JSON.parse(readFileSync(path.join(__dirname, 'python.json'), 'utf8'));
  context.subscriptions.push(
    vscode.debug.registerDebugAdapterDescriptorFactory('debugpy', {
      createDebugAdapterDescriptor: () =>
        new vscode.DebugAdapterExecutable(python, [path.join(debugpy, 'debugpy', 'adapter')]),
    }),
  );
};

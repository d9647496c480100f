import * as vscode from 'vscode';
import type { Gateway } from '../gatewayProcess.ts';
import type { Parts } from '../parts.ts';

/** Milliseconds for which a session waits for a gateway that is just starting. */
const patience = 3_000;

/** Gives programs under a debugger what programs in terminals get. */
export function registerDebugSessions({
  programs,
  gateway,
  settings,
  output,
}: Pick<Parts, 'programs' | 'gateway' | 'settings' | 'output'>): vscode.Disposable {
  // For all types comes after those for one, which read `envFile` and the interpreter's variables.
  return vscode.debug.registerDebugConfigurationProvider('*', {
    resolveDebugConfigurationWithSubstitutedVariables: async (folder, configuration) => {
      if (configuration.request !== 'launch' || !settings.capturesIn(folder)) return configuration;
      try {
        await noLongerStarting(gateway);
        if (gateway.state.kind !== 'running') return configuration;
        const { captureDebugSession } = await import('../captureTools.ts');
        return await captureDebugSession(programs, configuration, folder);
      } catch (error) {
        // Debugging comes first.
        output.error('A debug session starts without capture.', error instanceof Error ? error : String(error));
        return configuration;
      }
    },
  });
}

async function noLongerStarting(gateway: Gateway): Promise<void> {
  if (gateway.state.kind !== 'starting') return;
  await new Promise<void>((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      subscription.dispose();
      resolve();
    };
    const subscription = gateway.onDidChangeState(({ kind }) => {
      if (kind !== 'starting') done();
    });
    const timer = setTimeout(done, patience);
  });
}

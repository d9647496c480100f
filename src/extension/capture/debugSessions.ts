import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { sessionVariable } from '../../shared/origin.ts';
import type { Gateway } from '../gatewayProcess.ts';
import type { Settings } from '../settings.ts';
import type { CaptureEnvironment } from './captureEnvironment.ts';
import { isCaptured, readEnvFile, withCapture, type LaunchConfiguration } from './debugConfiguration.ts';

/** Milliseconds for which a session waits for a gateway that is just starting. */
const patience = 3_000;

/** Gives programs under a debugger what programs in terminals get. */
export function registerDebugSessions(
  programs: CaptureEnvironment,
  {
    gateway,
    settings,
    output,
  }: { readonly gateway: Gateway; readonly settings: Settings; readonly output: vscode.LogOutputChannel },
): vscode.Disposable {
  const capture = async (
    folder: vscode.WorkspaceFolder | undefined,
    configuration: vscode.DebugConfiguration,
  ): Promise<vscode.DebugConfiguration> => {
    if (!isCaptured(configuration) || !settings.capturesIn(folder)) return configuration;
    try {
      await noLongerStarting(gateway);
      const environment = await programs.settled();
      if (gateway.state.kind !== 'running') return configuration;
      const run = `d${randomBytes(4).toString('hex')}`;
      return withCapture(configuration, {
        programs: environment,
        hooks: programs.hooks,
        session: sessionVariable(run, { kind: 'debug', name: configuration.name }),
        envFile: await envFileOf(configuration, folder),
        inherited: process.env,
        delimiter: path.delimiter,
      }) as vscode.DebugConfiguration;
    } catch (error) {
      // Debugging comes first.
      output.error('A debug session starts without capture.', error instanceof Error ? error : String(error));
      return configuration;
    }
  };
  // For all types comes after those for one, which read `envFile` and the interpreter's variables.
  return vscode.debug.registerDebugConfigurationProvider('*', {
    resolveDebugConfigurationWithSubstitutedVariables: capture,
  });
}

async function envFileOf(
  { envFile }: LaunchConfiguration,
  folder: vscode.WorkspaceFolder | undefined,
): Promise<Readonly<Record<string, string>>> {
  const files = (Array.isArray(envFile) ? (envFile as readonly unknown[]) : [envFile]).filter(
    (file) => typeof file === 'string' && file !== '',
  ) as readonly string[];
  const texts = await Promise.all(
    files.map((file) => readFile(path.resolve(folder?.uri.fsPath ?? '', file), 'utf8').catch(() => '')),
  );
  return Object.assign({}, ...texts.map(readEnvFile)) as Readonly<Record<string, string>>;
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

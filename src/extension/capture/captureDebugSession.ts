import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type * as vscode from 'vscode';
import { sessionVariable } from '../../shared/origin.ts';
import type { CaptureEnvironment } from './captureEnvironment.ts';
import { isCaptured, readEnvFile, withCapture, type LaunchConfiguration } from './debugConfiguration.ts';

/** The configuration with what leads its program to the gateway; as it is where it launches none that is captured. */
export async function captureDebugSession(
  programs: CaptureEnvironment,
  configuration: vscode.DebugConfiguration,
  folder: vscode.WorkspaceFolder | undefined,
): Promise<vscode.DebugConfiguration> {
  if (!isCaptured(configuration)) return configuration;
  const run = `d${randomBytes(4).toString('hex')}`;
  return withCapture(configuration, {
    programs: await programs.settled(),
    hooks: programs.hooks,
    session: sessionVariable(run, { kind: 'debug', name: configuration.name }),
    envFile: await envFileOf(configuration, folder),
    inherited: process.env,
    delimiter: path.delimiter,
  }) as vscode.DebugConfiguration;
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

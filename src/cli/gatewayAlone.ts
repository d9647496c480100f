import { mkdir } from 'node:fs/promises';
import type { RunningGateway } from '../gateway/gateway.ts';
import type { CatalogueProblem } from '../shared/catalogue.ts';
import { defaultSettings, type GatewaySettings } from '../shared/settings.ts';
import { fileHost } from './fileHost.ts';
import { fromFolder, printable } from './findingReport.ts';
import { loadGateway } from './loadGateway.ts';
import type { Places } from './places.ts';
import { CommandFailure } from './usageError.ts';

export interface AloneOptions extends Places {
  /** 0 for any. */
  readonly port: number;
  readonly token: string;
  /** Where secrets are, where not in the data folder. */
  readonly secretsDirectory?: string;
  /** Whether calls are to be read at the vendors' own hosts, with a certificate authority for that. */
  readonly intercept?: boolean;
  /** Processes that forward; 1 by default. */
  readonly workers?: number;
}

/**
 * Starts a gateway without an editor. Prints what is wrong with the configuration on standard error, and fails with a
 * `CommandFailure` where that is an error: there is no last good one to go on with.
 */
export async function startAlone(options: AloneOptions): Promise<RunningGateway> {
  const { catalogueFile, dataDirectory, port, token, secretsDirectory = dataDirectory } = options;
  const { startGateway } = await loadGateway();
  const gateway = await startGateway(
    {
      catalogueFile,
      dataDirectory,
      configured: 'trusted',
      port,
      whenPortTaken: port === 0 ? 'another' : 'fail',
      token,
      workers: options.workers ?? 1,
      settings: settingsFor(options),
      environment: process.env,
    },
    fileHost(secretsDirectory),
  );
  const problems = await gateway.api.problems();
  printProblems(problems, catalogueFile);
  if (problems.some(({ severity }) => severity === 'error')) {
    await gateway.close();
    throw new CommandFailure(`${catalogueFile} has errors. Mend it and start again.`);
  }
  gateway.on('problemsChanged', (changed) => printProblems(changed, catalogueFile));
  return gateway;
}

/** To name `--intercept` is to agree to the authority. */
function settingsFor({ intercept }: AloneOptions): GatewaySettings {
  return { ...defaultSettings, intercept: { mode: intercept === true ? 'on' : 'ask', hosts: [], exclude: [] } };
}

/** Makes the folder for what a gateway keeps, readable by its owner alone. */
export async function makeDataDirectory(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(`The data folder cannot be made: ${why}. Name another with --data.`, { cause: error });
  }
}

function printProblems(problems: readonly CatalogueProblem[], file: string): void {
  for (const { file: included, severity, message, start } of problems) {
    const name = fromFolder(included ?? file, process.cwd());
    process.stderr.write(
      `${name}:${String(start.line + 1)}:${String(start.character + 1)}: ${severity}: ${printable(message)}\n`,
    );
  }
}

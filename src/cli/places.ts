import { createHash } from 'node:crypto';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { catalogueFileName } from '../shared/catalogueName.ts';
import { optionText, type OptionValues } from './command.ts';
import { CommandFailure } from './usageError.ts';

/** The options that `findPlaces` reads. */
export const placesOptions = { config: { type: 'string' }, data: { type: 'string' } } as const;

/** Where the configuration is, or would be, and where exchanges are kept. Absolute paths. */
export interface Places {
  readonly catalogueFile: string;
  readonly dataDirectory: string;
}

/**
 * Finds both, by the options `--config` and `--data`, or the variable `TOLLGATE_DATA`. Throws a `CommandFailure` where a file that was named is missing.
 */
export function findPlaces(
  options: OptionValues,
  cwd = process.cwd(),
  environment: Readonly<Record<string, string | undefined>> = process.env,
): Places {
  const named = optionText(options, 'config');
  const catalogueFile = named === undefined ? nearestCatalogue(cwd) : path.resolve(cwd, named);
  if (named !== undefined && !isFile(catalogueFile))
    throw new CommandFailure(`There is no file ${catalogueFile}. Name another with --config.`);
  const data = optionText(options, 'data') ?? environment.TOLLGATE_DATA;
  const dataDirectory =
    data === undefined ? defaultDataDirectory(path.dirname(catalogueFile), environment) : path.resolve(cwd, data);
  return { catalogueFile, dataDirectory };
}

/** `tollgate.jsonc` in this folder or the nearest above that has one; in this folder where none has. */
function nearestCatalogue(cwd: string): string {
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const file = path.join(folder, catalogueFileName);
    if (isFile(file)) return file;
    if (path.dirname(folder) === folder) return path.join(cwd, catalogueFileName);
  }
}

/** A folder of its own for each folder with a configuration: what one project's programs call stays with it. */
function defaultDataDirectory(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  platform = process.platform,
): string {
  const real = existsSync(folder) ? realpathSync(folder) : folder;
  const digest = createHash('sha256').update(real).digest('hex').slice(0, 8);
  const name = path.basename(real).replace(/[^\w.-]/g, '_') || 'root';
  return path.join(userDataDirectory(environment, platform), 'tollgate', `${name}-${digest}`);
}

/** XDG Base Directory Specification, macOS's Application Support, or Windows's local application data. */
function userDataDirectory(environment: Readonly<Record<string, string | undefined>>, platform: string): string {
  if (platform === 'win32') return environment.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support');
  const { XDG_DATA_HOME: xdg } = environment;
  // The specification has relative paths ignored.
  return xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(homedir(), '.local', 'share');
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true;
}

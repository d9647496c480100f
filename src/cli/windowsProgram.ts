import { statSync } from 'node:fs';
import path from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/** How to start a program without a shell of ours. */
export interface Invocation {
  readonly program: string;
  readonly args: readonly string[];
  /** True where `args` are quoted already. */
  readonly verbatim: boolean;
}

/**
 * On Windows `npm` is a batch file, which only `cmd.exe` can run; Node refuses to start one directly. Everything else,
 * and everything elsewhere, is started as it is.
 */
export function invocation(
  program: string,
  args: readonly string[],
  environment: Environment,
  platform = process.platform,
): Invocation {
  const file = platform === 'win32' ? findOnPath(program, environment) : null;
  if (file === null || !/\.(?:cmd|bat)$/i.test(file)) return { program, args, verbatim: false };
  const line = [escaped(path.win32.normalize(file)), ...args.map(batchArgument)].join(' ');
  return { program: environment.comspec ?? 'cmd.exe', args: ['/d', '/s', '/c', `"${line}"`], verbatim: true };
}

function findOnPath(program: string, environment: Environment): string | null {
  const search = environment.PATH ?? environment.Path ?? '';
  const folders = /[\\/]/.test(program)
    ? ['']
    : ['.', ...search.split(path.delimiter).filter((folder) => folder !== '')];
  const endings = ['', ...(environment.PATHEXT ?? '.COM;.EXE;.BAT;.CMD').split(';')];
  for (const folder of folders)
    for (const ending of endings) {
      // A file without an ending cannot be started there: it is the shell script beside the batch file.
      if (ending === '' && path.extname(program) === '') continue;
      const file = path.join(folder, program + ending);
      if (statSync(file, { throwIfNoEntry: false })?.isFile() === true) return file;
    }
  return null;
}

/**
 * Quotes as the C runtime reads arguments (backslashes count only before a quote), then for `cmd.exe` twice: it reads
 * the line once, and the batch file hands it on to a second reading.
 */
function batchArgument(argument: string): string {
  const quoted = `"${argument.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
  return escaped(escaped(quoted));
}

function escaped(text: string): string {
  return text.replace(/[()[\]%!^"`<>&|;, *?]/g, '^$&');
}

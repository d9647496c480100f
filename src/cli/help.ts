import type { Command } from './command.ts';

/** The list of commands. */
export function helpText(commands: readonly Command[]): string {
  const rows = commands.map(({ name, summary }) => `  ${name.padEnd(12)} ${summary}`);
  return `Tollgate: why a paid API refused, on the line that called it.

Usage: tollgate COMMAND [OPTIONS]

${rows.join('\n')}
  help         Show this, or a command's options: tollgate help COMMAND

Options:
  -h, --help     Show help
  -v, --version  Show the version
`;
}

/** What every command that looks for the configuration says about it. */
export const placesHelp = `  --config FILE        The configuration. By default tollgate.jsonc here, or in the nearest folder above
  --data DIR           Where exchanges are kept. By default $TOLLGATE_DATA, else a folder for this configuration under
                       $XDG_DATA_HOME/tollgate (~/.local/share/tollgate), ~/Library/Application Support/tollgate
                       or %LOCALAPPDATA%\\tollgate
`;

import { parseArgs } from 'node:util';
import type { Command, OptionValues } from './command.ts';
import { UsageError } from './usageError.ts';

/** What to do. */
export type Invocation =
  | { readonly kind: 'help'; readonly command: Command | null }
  | { readonly kind: 'version' }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly options: OptionValues;
      readonly operands: readonly string[];
    };

/** Reads the arguments after the program's name. Throws a `UsageError`. */
export function parseCommandLine(args: readonly string[], commands: readonly Command[]): Invocation {
  const [first, ...rest] = args;
  if (first === undefined || first === '--help' || first === '-h') return { kind: 'help', command: null };
  if (first === '--version' || first === '-v') return { kind: 'version' };
  if (first === 'help') return { kind: 'help', command: rest[0] === undefined ? null : find(rest[0], commands) };
  const command = find(first, commands);
  const separator = rest.indexOf('--');
  const own = separator < 0 ? rest : rest.slice(0, separator);
  const after = separator < 0 ? [] : rest.slice(separator + 1);
  if (own.includes('--help') || own.includes('-h')) return { kind: 'help', command };
  const { values, positionals } = parseOptions(own, command);
  const operands = [...positionals, ...after];
  if (command.operands >= 0 && operands.length > command.operands)
    throw new UsageError(`There is one argument too many: "${String(operands[command.operands])}".`);
  if (command.operands < 0 && positionals[0] !== undefined)
    throw new UsageError(`"${positionals[0]}" stands before "--". Put the command after it.`);
  return { kind: 'run', command, options: values, operands };
}

function find(name: string, commands: readonly Command[]): Command {
  const command = commands.find((one) => one.name === name);
  if (command !== undefined) return command;
  const names = commands.map((one) => one.name).join(', ');
  throw new UsageError(
    name.startsWith('-') ? `There is no option "${name}" here.` : `There is no command "${name}". There are: ${names}.`,
  );
}

function parseOptions(
  args: readonly string[],
  command: Command,
): { readonly values: OptionValues; readonly positionals: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: command.options, allowPositionals: true });
    return { values: values as OptionValues, positionals };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node goes on to explain how to pass an argument that begins with a hyphen.
    const [sentence = ''] = error.message.split(/\.? To specify a /);
    throw new UsageError(`${sentence}.`.replace(/\.\.$/, '.'), { cause: error });
  }
}

import path from 'node:path';

const script = /^[\w@%+,./\\: -]{1,200}\.(?:[cm]?[jt]sx?|py|rb|php|jar|go|sh|pl|ps1)$/i;
const takesFile = new Set(['-r', '--require', '--import', '--loader', '--experimental-loader', '-p', '-c', '-e']);

/**
 * What a process runs, short enough for a list and without what may be secret: the program's name, and the script or
 * module behind it. Other arguments are left out, since keys and tokens stand there.
 */
export function programOf(commandLine: readonly string[]): string | null {
  const [first = '', ...rest] = commandLine;
  const name = path.basename(first.replaceAll('\\', '/')).replace(/\.exe$/i, '');
  if (name === '') return null;
  const module = name.startsWith('python') ? rest[rest.indexOf('-m') + 1] : undefined;
  if (rest.includes('-m') && module !== undefined && /^[\w.]{1,80}$/.test(module)) return `${name} -m ${module}`;
  const file = rest.find((one, at) => script.test(one) && !takesFile.has(rest[at - 1] ?? ''));
  return file === undefined ? name : `${name} ${file}`;
}

import vm from 'node:vm';

/** Milliseconds that own patterns together may take over one text: they run where calls are passed on. */
const timeLimit = 100;

/** Where own patterns match: name, begin and end. Null where one takes too long, as `(a+)+$` may. */
export type OwnPatterns = (text: string) => readonly (readonly [string, number, number])[] | null;

/** Compiles patterns that are valid. They run under a time limit, in a context of their own. */
export function ownPatterns(patterns: Readonly<Record<string, string>>): OwnPatterns | null {
  const list = Object.entries(patterns).map(([name, source]) => [name, new RegExp(source, 'g')] as const);
  if (list.length === 0) return null;
  const sandbox = { list, text: '' };
  const context = vm.createContext(sandbox);
  const script = new vm.Script(
    'list.flatMap(([name, one]) => [...text.matchAll(one)].flatMap((m) => m[0] === "" ? [] : [[name, m.index, m.index + m[0].length]]))',
  );
  return (text) => {
    sandbox.text = text;
    try {
      return script.runInContext(context, { timeout: timeLimit }) as readonly (readonly [string, number, number])[];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
      return null;
    } finally {
      sandbox.text = '';
    }
  };
}

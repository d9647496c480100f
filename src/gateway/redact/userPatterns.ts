import vm from 'node:vm';
import { redactionMark } from '../../shared/redacted.ts';

/** Milliseconds that all patterns together may take over one exchange's head or over one body. */
const timeLimit = 250;

/** Regular expressions that people wrote. */
export interface UserPatterns {
  readonly none: boolean;
  /** What is wrong with them, in sentences. */
  readonly problems: readonly string[];
  /** Redacts several texts at one go, each by itself. Texts that take too long are withheld whole. */
  redact(texts: readonly string[]): readonly string[];
}

/**
 * Compiles patterns; a bad one is left out with a problem. They run under a time limit, because a pattern such as
 * `(a+)+$` can take for ever on a text of thirty characters; where it strikes, the texts are withheld, never let through.
 * `onSlow` is called once, when the limit strikes first.
 */
export function createUserPatterns(sources: readonly string[], onSlow: (problem: string) => void): UserPatterns {
  const problems: string[] = [];
  const patterns: RegExp[] = [];
  for (const source of new Set(sources)) {
    try {
      patterns.push(new RegExp(source, 'g'));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      problems.push(
        `The redaction pattern "${source}" is ignored: ${reason}. Correct it in the settings or tollgate.jsonc.`,
      );
    }
  }
  if (patterns.length === 0) return { none: true, problems, redact: (texts) => texts };

  const sandbox = { patterns, texts: [] as readonly string[], mark: redactionMark };
  const context = vm.createContext(sandbox);
  const script = new vm.Script(
    'texts.map((text) => patterns.reduce((rest, one) => rest.replace(one, (found) => (found === "" ? "" : mark)), text))',
  );
  let slow = false;
  return {
    none: false,
    problems,
    redact: (texts) => {
      sandbox.texts = texts;
      try {
        return script.runInContext(context, { timeout: timeLimit }) as readonly string[];
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        if (!slow)
          onSlow('A redaction pattern takes too long; texts on which it does are withheld whole. Simplify it.');
        slow = true;
        return texts.map((text) => (text === '' ? '' : redactionMark));
      } finally {
        sandbox.texts = [];
      }
    },
  };
}

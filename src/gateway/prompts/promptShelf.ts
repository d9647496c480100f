import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { CatalogueProblem } from '../../shared/catalogue.ts';
import { plain, text } from '../../shared/text.ts';
import type { CheckFront } from './checkFront.ts';
import type { PromptText } from './promptText.ts';
import { nameOfFile, readPrompt } from './readPrompt.ts';
import { contentName } from './revisions.ts';
import { findPromptFiles, readInside } from './workspaceFiles.ts';

/** A prompt file as it was read. */
export interface Shelved {
  readonly file: string;
  /** The prompt's name, also where it is broken. */
  readonly name: string;
  readonly prompt: PromptText | null;
  readonly problems: readonly CatalogueProblem[];
  /** The name of its content in git. */
  readonly content: string;
}

/** The prompt files of a workspace: each is read again once it has changed, and new ones are looked for now and then. */
export interface PromptShelf {
  readonly root: string;
  all(): Promise<readonly Shelved[]>;
  /** The first by that name, as it is now. */
  byName(name: string): Promise<Shelved | null>;
  read(source: Buffer | string, file: string): Shelved;
}

/** Milliseconds for which the list of files holds; a name that is not among them is looked for at once. */
const listHolds = 2000;

export function createPromptShelf(root: string, checkFront: CheckFront): PromptShelf {
  const known = new Map<string, { readonly mark: string; readonly shelved: Shelved }>();
  let files: readonly string[] = [];
  let listedAt = -Infinity;
  let listing: Promise<void> | null = null;

  const read = (source: Buffer | string, file: string): Shelved => {
    const bytes = typeof source === 'string' ? Buffer.from(source) : source;
    const { prompt, problems } = readPrompt(bytes.toString('utf8'), file, checkFront);
    return { file, name: prompt?.name ?? nameOfFile(file), prompt, problems, content: contentName(bytes) };
  };

  /** Null where the file is gone. */
  const current = async (file: string): Promise<Shelved | null> => {
    try {
      const { mtimeMs, size, ino } = await stat(file);
      const mark = `${String(mtimeMs)} ${String(size)} ${String(ino)}`;
      const before = known.get(file);
      if (before?.mark === mark) return before.shelved;
      const shelved = read(await readInside(root, file), file);
      known.set(file, { mark, shelved });
      return shelved;
    } catch (error) {
      known.delete(file);
      if (error instanceof Error && 'code' in error && error.code === 'prompt_unreadable')
        return refused(file, error.message);
      return null;
    }
  };

  const list = async (): Promise<void> => {
    files = await findPromptFiles(root);
    listedAt = performance.now();
    listing = null;
  };
  const listed = async (): Promise<readonly Shelved[]> =>
    (await Promise.all(files.map(current))).filter((one) => one !== null);

  const all = async (): Promise<readonly Shelved[]> => {
    if (performance.now() - listedAt > listHolds) await (listing ??= list());
    return withoutTwins(await listed(), root);
  };

  return {
    ...{ root, all, read },
    byName: async (name) => {
      // Those that are known are looked at first: nothing is searched for while a prompt stays where it is.
      const there = files.find((file) => known.get(file)?.shelved.name === name);
      const found = there === undefined ? null : await current(there);
      if (found?.name === name) return found;
      await (listing ??= list());
      return (await listed()).find((one) => one.name === name) ?? null;
    },
  };
}

function refused(file: string, message: string): Shelved {
  const start = { line: 0, character: 0 };
  const problems: readonly CatalogueProblem[] = [{ severity: 'error', message, start, end: start }];
  return { file, name: nameOfFile(file), prompt: null, problems, content: '' };
}

/** Of two with one name, the first by its path is served. */
function withoutTwins(all: readonly Shelved[], root: string): readonly Shelved[] {
  const first = new Map<string, Shelved>();
  return all.map((one) => {
    const before = first.get(one.name);
    if (before === undefined) {
      first.set(one.name, one);
      return one;
    }
    const other = path.relative(root, before.file);
    const message = plain(text('{0} has the name "{1}" already: give this one another.', other, one.name));
    const start = { line: 0, character: 0 };
    return { ...one, problems: [...one.problems, { severity: 'error', message, start, end: start }] };
  });
}

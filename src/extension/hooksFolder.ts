import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Copies the preloads to a folder that outlives versions of the extension: terminals and the programs in them keep its
 * path. Each file is replaced as a whole, since programs may be reading it, and nothing is ever deleted.
 */
export async function copyHooks(from: string, to: string): Promise<void> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  for (const entry of entries.filter((one) => one.isFile())) {
    const source = path.join(entry.parentPath, entry.name);
    await copyIfDifferent(source, path.join(to, path.relative(from, source)));
  }
}

/** The preloads that are not in the folder as they were shipped. */
export async function differingHooks(from: string, to: string): Promise<readonly string[]> {
  const entries = await readdir(from, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((one) => one.isFile())
    .map((one) => path.relative(from, path.join(one.parentPath, one.name)));
  const same = await Promise.all(
    names.map(async (name) => {
      const [wanted, present] = await Promise.all([
        readFile(path.join(from, name)),
        readFile(path.join(to, name)).catch(() => null),
      ]);
      return present?.equals(wanted) === true;
    }),
  );
  return names.filter((_, at) => same[at] === false);
}

async function copyIfDifferent(source: string, target: string): Promise<void> {
  const wanted = await readFile(source);
  const present = await readFile(target).catch(() => null);
  if (present?.equals(wanted) === true) return;
  await mkdir(path.dirname(target), { recursive: true });
  const written = `${target}.${process.pid}.tmp`;
  await writeFile(written, wanted);
  await rename(written, target);
}

import { open, opendir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { ChannelError } from '../../shared/channel.ts';
import { promptEnding } from '../../shared/prompts.ts';
import { plain, text } from '../../shared/text.ts';

/** Folders that hold what others wrote, or nothing that anybody wrote. */
const passedOver = new Set(['node_modules', 'dist', 'build', 'out', 'target', 'coverage', 'venv', '__pycache__']);
const deepest = 12;
const mostFolders = 20_000;
const longestPrompt = 1024 * 1024;

/**
 * Finds the prompt files below a folder, by their paths. Links to folders are not followed, and folders whose names begin
 * with a dot are passed over: those of `.github/prompts` are for another reader.
 */
export async function findPromptFiles(root: string): Promise<readonly string[]> {
  const found: string[] = [];
  let folders = 0;
  const walk = async (folder: string, depth: number): Promise<void> => {
    if (++folders > mostFolders) return;
    try {
      for await (const entry of await opendir(folder)) {
        const file = path.join(folder, entry.name);
        if (entry.isDirectory()) {
          if (depth < deepest && !entry.name.startsWith('.') && !passedOver.has(entry.name))
            await walk(file, depth + 1);
        } else if (entry.name.endsWith(promptEnding) && entry.name.length > promptEnding.length) found.push(file);
      }
    } catch {
      // A folder that may not be read, or that went away just now.
    }
  };
  await walk(root, 0);
  return found.sort();
}

/** Reads a file of the workspace. Fails with `prompt_unreadable`, also where a link leads out of the workspace. */
export async function readInside(root: string, file: string, longest = longestPrompt): Promise<Buffer> {
  const name = path.relative(root, file);
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(file)]);
    if (real !== realRoot && !real.startsWith(realRoot.endsWith(path.sep) ? realRoot : realRoot + path.sep))
      throw unreadable(text('{0} is outside of the workspace.', name));
    const handle = await open(real, 'r');
    try {
      const { size } = await handle.stat();
      if (size > longest) throw unreadable(text('{0} is too long: {1} bytes.', name, size));
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (error) {
    if (error instanceof ChannelError) throw error;
    const why = error instanceof Error ? error.message : String(error);
    throw unreadable(text('{0} cannot be read: {1}', name, why), error);
  }
}

function unreadable(said: ReturnType<typeof text>, cause?: unknown): ChannelError {
  return new ChannelError('prompt_unreadable', plain(said), { cause });
}

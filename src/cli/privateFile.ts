import { open, rename, rm } from 'node:fs/promises';

/** Replaces a file in one step, readable by its owner alone: whoever reads it sees the old content or the new. */
export async function writePrivateFile(file: string, content: string): Promise<void> {
  const temporary = `${file}.${String(process.pid)}.tmp`;
  try {
    const handle = await open(temporary, 'w', 0o600);
    try {
      await handle.chmod(0o600);
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

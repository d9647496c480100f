import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChannelError } from '../shared/channel.ts';

/** A file that is dropped onto the panel comes piece by piece: a page may not tell where it is. */
export interface DroppedFile {
  /** Adds a piece, in base64. @returns where the whole is, with the last of them. */
  add(name: string, piece: string, isLast: boolean): Promise<string | null>;
  /** Removes what was put together. */
  remove(): Promise<void>;
}

export function createDroppedFile(): DroppedFile {
  let folder: string | null = null;
  const remove = async (): Promise<void> => {
    if (folder !== null) await rm(folder, { recursive: true, force: true });
    folder = null;
  };
  return {
    add: async (name, piece, isLast) => {
      folder ??= await mkdtemp(path.join(tmpdir(), 'tollgate-drop-'));
      const file = path.join(folder, path.basename(name));
      if (path.dirname(file) !== folder) throw new ChannelError('bad_message', 'This is no name of a file.');
      await appendFile(file, Buffer.from(piece, 'base64'), { mode: 0o600 });
      return isLast ? file : null;
    },
    remove,
  };
}

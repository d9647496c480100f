import { unwatchFile, watch, watchFile as pollFile, type FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';

/** Editors write in several steps; a change is told once the file has been left alone for this long. */
const quietMilliseconds = 60;
const pollMilliseconds = 1000;

/**
 * Tells when a file was written, made, removed or replaced. Watches its folder, because a file that is replaced by
 * renaming is another file; where a folder cannot be watched, the file is looked at every second.
 */
export function watchFile(file: string, changed: () => void): { dispose(): void } {
  let timer: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | null = null;
  let polling = false;
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(changed, quietMilliseconds);
  };
  const poll = (): void => {
    watcher?.close();
    watcher = null;
    if (polling) return;
    polling = true;
    pollFile(file, { interval: pollMilliseconds, persistent: false }, soon);
  };
  try {
    const name = basename(file);
    watcher = watch(dirname(file), { persistent: false }, (_event, entry) => {
      if (entry === null || entry === name) soon();
    });
    watcher.on('error', poll);
  } catch {
    poll();
  }
  return {
    dispose: () => {
      clearTimeout(timer);
      watcher?.close();
      if (polling) unwatchFile(file, soon);
    },
  };
}

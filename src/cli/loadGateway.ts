import type * as gateway from '../gateway/main.ts';
import { CommandFailure } from './usageError.ts';

const oldestNode = [22, 15] as const;

/**
 * The gateway's code, a bundle of its own in `dist/`. Throws a `CommandFailure` on a Node that cannot run it, which is
 * found out before anything is imported that such a Node does not have.
 */
export async function loadGateway(): Promise<typeof gateway> {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1]))
    throw new CommandFailure(
      `This is Node ${process.versions.node}; Tollgate's gateway and log need ${oldestNode.join('.')} or newer. ` +
        'Install one from https://nodejs.org and start it again.',
    );
  hushSqlite();
  return import('../gateway/main.ts');
}

/** Node says of its SQLite that it is experimental, on standard error, where people read findings. */
function hushSqlite(): void {
  const listeners = process.listeners('warning');
  process.removeAllListeners('warning');
  process.on('warning', (warning) => {
    if (warning.name === 'ExperimentalWarning' && warning.message.startsWith('SQLite')) return;
    for (const listener of listeners) listener(warning);
  });
}

import type { DatabaseSync } from 'node:sqlite';
import type { Failure } from '../../shared/exchange.ts';

const failure: Failure = {
  code: 'internal_error',
  message: 'The gateway ended while this call was running.',
  hint: 'Send the call again.',
};

/**
 * Marks exchanges as failed that a process left open when it died. Those of other processes that still run are left
 * alone; those of this process are from an earlier recording, because this one has not begun.
 */
export function closeAbandoned(database: DatabaseSync): void {
  const pids = database.prepare("SELECT DISTINCT pid FROM exchanges WHERE state = 'open'").all();
  const closeFacets = database.prepare(
    `UPDATE facets SET state = coalesce((SELECT id FROM names WHERE kind = 'state' AND value = 'failed'), state)
     WHERE number IN (SELECT number FROM exchanges WHERE state = 'open' AND pid = ?)`,
  );
  const close = database.prepare(
    "UPDATE exchanges SET state = 'failed', detail = json_set(detail, '$.failure', json(?)) WHERE state = 'open' AND pid = ?",
  );
  if (pids.length > 0) database.exec("INSERT OR IGNORE INTO names (kind, value) VALUES ('state', 'failed')");
  for (const { pid } of pids)
    if (typeof pid === 'number' && (pid === process.pid || !isAlive(pid))) {
      closeFacets.run(pid);
      close.run(JSON.stringify(failure), pid);
    }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Not being allowed to signal it means that it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

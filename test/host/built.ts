import path from 'node:path';
import { root } from './paths.ts';

/** Set by `npm test` for tests on source that come after the build of the same run. */
export const builtVariable = 'TOLLGATE_BUILT';

/** The sources that programs and threads start from, and what ships instead of each. */
const built: Readonly<Record<string, string>> = {
  'src/cli/cli.ts': 'dist/cli.js',
  'src/gateway/main.ts': 'dist/gateway.js',
  'src/gateway/workers/gatewayWorker.ts': 'dist/gatewayWorker.js',
  'src/gateway/store/storeWorker.ts': 'dist/storeWorker.js',
  'src/gateway/access/accessWorker.ts': 'dist/accessWorker.js',
  'src/gateway/sessions/sessionWorker.ts': 'dist/sessionWorker.js',
  'src/gateway/lifecycle/description/workshopWorker.ts': 'dist/workshopWorker.js',
};

/**
 * The file to start for a source of this project, given and returned as an absolute path: what was built of it where
 * that is of the same run, which starts in a third of the time and is what ships; otherwise the source itself.
 */
export function startable(source: string): string {
  if (process.env[builtVariable] === undefined) return source;
  const file = built[path.relative(root, source).replaceAll(path.sep, '/')];
  return file === undefined ? source : path.join(root, file);
}

import { realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { serveParent } from './gatewayProcess.ts';

export { startGateway, type RunningGateway } from './gateway.ts';
export { sampleCalls } from './lifecycle/sampleCalls.ts';
export { openSessions } from './sessions/openSessions.ts';
export { openLog, type Log } from './store/log.ts';
export { openAuthority, readAuthority, removeAuthority } from './intercept/authority.ts';
export { authorityFolder } from './intercept/authorityFolder.ts';
export { providerHosts } from './intercept/reach.ts';
export { stateFileIn } from './stateFile.ts';

// Forked by an editor: everything else comes over the pipe. Imported by the command line: nothing happens here.
const entry = process.argv[1];
if (process.send !== undefined && entry !== undefined && realpathSync(entry) === fileURLToPath(import.meta.url))
  serveParent();

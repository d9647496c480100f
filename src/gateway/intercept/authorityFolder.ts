import { homedir } from 'node:os';
import path from 'node:path';

/**
 * Where the certificate authority of a user is by default, outside of any workspace: below the XDG data folder, macOS's
 * Application Support, or Windows's local application data.
 */
export function authorityFolder(
  environment: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform = process.platform,
): string {
  return path.join(userData(environment, platform), 'tollgate', 'authority');
}

function userData(environment: Readonly<Record<string, string | undefined>>, platform: NodeJS.Platform): string {
  if (platform === 'win32') return environment.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local');
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support');
  const { XDG_DATA_HOME: xdg } = environment;
  return xdg !== undefined && path.isAbsolute(xdg) ? xdg : path.join(homedir(), '.local', 'share');
}

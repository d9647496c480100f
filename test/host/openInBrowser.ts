import { spawn } from 'node:child_process';

/** Opens the person's own browser where there is a display. Never fails: the address is printed anyway. */
export function openInBrowser(url: string): void {
  const opener = openerHere();
  if (opener === null) return;
  const child = spawn(opener.program, [...opener.args, url], { stdio: 'ignore', detached: true });
  child.once('error', () => undefined);
  child.unref();
}

function openerHere(): { readonly program: string; readonly args: readonly string[] } | null {
  if (process.platform === 'darwin') return { program: 'open', args: [] };
  if (process.platform === 'win32') return { program: 'rundll32', args: ['url.dll,FileProtocolHandler'] };
  const display = process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY ?? '';
  return display === '' ? null : { program: 'xdg-open', args: [] };
}

import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { Shell } from '../../shared/proxySettings.ts';
import type { GatewayState } from '../../shared/settings.ts';
import { clientsPageUri } from '../editor/docsPages.ts';
import { askForConsent } from '../interceptConsent.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';

interface Choice extends vscode.QuickPickItem {
  readonly shell: Shell | null;
  readonly undo: boolean;
}

/** Puts commands on the clipboard that lead the programs of a shell through the gateway, for terminals that are open already. */
export async function copyProxySettings(parts: Parts, argument: unknown): Promise<void> {
  const state = await proxyState(parts);
  if (state === null) return;
  const choices: readonly Choice[] = [
    { label: vscode.l10n.t('bash, zsh'), shell: 'bash', undo: false },
    { label: vscode.l10n.t('fish'), shell: 'fish', undo: false },
    { label: vscode.l10n.t('PowerShell'), shell: 'powershell', undo: false },
    { label: vscode.l10n.t('cmd'), shell: 'cmd', undo: false },
    { label: vscode.l10n.t('Take them back in bash, zsh'), shell: 'bash', undo: true },
    { label: vscode.l10n.t('Take them back in fish'), shell: 'fish', undo: true },
    { label: vscode.l10n.t('Take them back in PowerShell'), shell: 'powershell', undo: true },
    { label: vscode.l10n.t('Take them back in cmd'), shell: 'cmd', undo: true },
    { label: vscode.l10n.t('Show what each client needs'), shell: null, undo: false },
  ];
  const chosen =
    choices.find(({ shell, undo }) => shell !== null && shell === argument && !undo) ??
    (await vscode.window.showQuickPick(choices, { placeHolder: vscode.l10n.t('For which shell are they?') }));
  if (chosen === undefined) return;
  if (chosen.shell === null) {
    await vscode.commands.executeCommand('vscode.open', clientsPageUri);
    return;
  }
  const { proxyEnvironment, shellCommands } = await import('../expertise.ts');
  const variables = proxyEnvironment(state, process.env, state.hosts);
  const given = chosen.undo ? Object.fromEntries(Object.keys(variables).map((name) => [name, null])) : variables;
  await vscode.env.clipboard.writeText(shellCommands(chosen.shell, given));
  void vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Copied. Paste it into the terminal.'), 6000);
}

/** What the gateway says of itself, once it reads what may be read; null where nobody agrees to that. */
async function proxyState(parts: Parts): Promise<GatewayState | null> {
  const { gateway, settings } = parts;
  await gateway.start();
  const { mode } = settings.current.gateway.intercept;
  if (mode === 'off')
    throw new ChannelError(
      'intercept_off',
      vscode.l10n.t('The gateway is no proxy. Set "tollgate.intercept.mode" to "on" and try again.'),
    );
  const wanted = mode === 'on' || (await askForConsent(parts, true));
  if (!wanted) return null;
  for (const end = Date.now() + 10_000; Date.now() < end;) {
    const state = await stateOf(parts);
    if (state === null) return null;
    if (state.ca !== null) return state;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new ChannelError(
    'no_authority',
    vscode.l10n.t('The certificate authority could not be made. The output says why.'),
  );
}

/** A page about what each client needs to go through the gateway, with its address and files where it has them. */
export async function clientsMarkdown(parts: Parts): Promise<string> {
  const { proxyClients } = await import('../expertise.ts');
  const code = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ') || '–';
  const rows = proxyClients.map(
    ({ name, proxy, trust, note }) =>
      `| ${name} | ${code(proxy)} | ${code(trust)} | ${note === null ? '' : localise(note)} |`,
  );
  const { url, ca, bundle } = (await stateOf(parts)) ?? { url: '', ca: null, bundle: null };
  return [
    `# ${vscode.l10n.t('What each client needs')}`,
    '',
    `- ${vscode.l10n.t('Proxy')}: ${code(url === '' ? [] : [url])}`,
    `- ${vscode.l10n.t('Certificate')}: ${code(ca === null ? [] : [ca])}`,
    `- ${vscode.l10n.t('The same with all that is trusted anyway, for variables that name one file')}: ${code(bundle == null ? [] : [bundle])}`,
    '',
    `| ${[vscode.l10n.t('Client'), vscode.l10n.t('Goes to the proxy by'), vscode.l10n.t('Trusts it by'), ''].join(' | ')} |`,
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

/** What the gateway says of itself; null where it does not run. */
async function stateOf({ gateway }: Parts): Promise<GatewayState | null> {
  if (gateway.state.kind !== 'running') return null;
  const file = vscode.Uri.file(gateway.state.ready.stateFile);
  return JSON.parse(new TextDecoder().decode(await vscode.workspace.fs.readFile(file))) as GatewayState;
}

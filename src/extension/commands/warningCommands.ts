import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import { warningKinds, type Mute, type Warning, type WarningKind } from '../../shared/warning.ts';
import { warningTitle } from '../../shared/warningPages.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';
import { revealCallSite } from '../reveal.ts';
import { warnedName, warningMessage } from '../warnings.ts';
import { verifyAccount } from './accountCommands.ts';

/** The kind of warning that a command's arguments name: the second, or a node of the explorer. Null names none. */
export function warningKindArgument(argument: unknown, second: unknown): WarningKind | null {
  const named = typeof argument === 'object' && argument !== null && 'warning' in argument ? argument.warning : second;
  return warningKinds.find((kind) => kind === named) ?? null;
}

/** No more warnings of an API, or of one kind of them; which is asked for where none is named. */
export async function muteWarnings(parts: Parts, api: string | null, kind: WarningKind | null): Promise<void> {
  const mute = api === null ? await pickWarning(parts) : { api, kind };
  if (mute === null) return;
  await (await parts.gateway.start()).muteWarnings(mute, true);
  const message = vscode.l10n.t('$(bell-slash) Muted: {0}', muteLabel(parts, mute));
  void vscode.window.setStatusBarMessage(message, 4000);
}

/** Warns again. */
export async function unmuteWarnings(parts: Parts, api: string | null, kind: WarningKind | null): Promise<void> {
  const mute = api === null ? await pickMute(parts) : { api, kind };
  if (mute !== null) await (await parts.gateway.start()).muteWarnings(mute, false);
}

/** Opens the editor at the line that spends most. */
export async function revealWarning(parts: Parts, api: string | null, kind: WarningKind | null): Promise<void> {
  const { warnings } = parts.traffic.warnings;
  const warning =
    api === null || kind === null
      ? await pickWarning(parts)
      : warnings.find((one) => one.api === api && one.kind === kind);
  if (warning !== null) await revealCallSite(parts.callSites, warning?.callSite ?? null);
}

/** Lists what is about to happen; each can be looked at, checked and muted from there. */
export async function showWarnings(parts: Parts): Promise<void> {
  const warning = await pickWarning(parts);
  if (warning === null) return;
  const { api, kind, callSite } = warning;
  const steps = {
    line: vscode.l10n.t('$(go-to-file) Go to the line that spends most'),
    calls: vscode.l10n.t('$(list-ordered) Show its calls in the log'),
    verify: vscode.l10n.t('$(credit-card) Check the balance now'),
    budget: vscode.l10n.t('$(graph-line) Set the budget…'),
    mute: vscode.l10n.t('$(bell-slash) Mute this warning'),
    muteAll: vscode.l10n.t('$(bell-slash) Mute all warnings of {0}', warnedName(parts.traffic, api)),
  };
  const declared = parts.traffic.api(api) !== undefined;
  const offered: readonly (keyof typeof steps)[] = [
    ...(callSite === null ? [] : (['line'] as const)),
    ...(declared ? (['calls'] as const) : []),
    ...(declared && kind === 'credit_running_out' ? (['verify'] as const) : []),
    ...(declared && kind === 'budget_running_out' ? (['budget'] as const) : []),
    ...(['mute', 'muteAll'] as const),
  ];
  const picked = await vscode.window.showQuickPick(
    offered.map((step) => ({ label: steps[step], step })),
    { placeHolder: warningMessage(warning, Date.now()) },
  );
  switch (picked?.step) {
    case 'line':
      return revealCallSite(parts.callSites, callSite);
    case 'calls':
      parts.panel.show({ filter: `api:${api}` });
      return;
    case 'verify':
      return verifyAccount(parts, api);
    case 'budget':
      await vscode.commands.executeCommand('tollgate.setBudget', api);
      return;
    case 'mute':
      return muteWarnings(parts, api, kind);
    case 'muteAll':
      return muteWarnings(parts, api, null);
    case undefined:
      return;
  }
}

async function pickWarning(parts: Parts): Promise<Warning | null> {
  const loud = parts.traffic.warnings.warnings.filter(({ muted }) => !muted);
  const [first] = loud;
  if (first === undefined) throw new ChannelError('no_warning', vscode.l10n.t('There is nothing to warn of.'));
  if (loud.length === 1) return first;
  const picked = await vscode.window.showQuickPick(
    loud.map((warning) => ({
      label: `$(bell) ${warnedName(parts.traffic, warning.api)}`,
      description: localise(warningTitle(warning.kind)),
      detail: warningMessage(warning, Date.now()),
      warning,
    })),
    { placeHolder: vscode.l10n.t('Which warning?') },
  );
  return picked?.warning ?? null;
}

async function pickMute(parts: Parts): Promise<Mute | null> {
  const { mutes } = parts.traffic.warnings;
  const [first] = mutes;
  if (first === undefined) throw new ChannelError('no_mute', vscode.l10n.t('No warning is muted.'));
  if (mutes.length === 1) return first;
  const picked = await vscode.window.showQuickPick(
    mutes.map((mute) => ({ label: muteLabel(parts, mute), mute })),
    { placeHolder: vscode.l10n.t('Which warnings are wanted again?') },
  );
  return picked?.mute ?? null;
}

function muteLabel({ traffic }: Parts, { api, kind }: Mute): string {
  const what = kind === null ? vscode.l10n.t('all warnings') : localise(warningTitle(kind));
  return `${warnedName(traffic, api)}: ${what}`;
}

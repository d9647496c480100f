import * as vscode from 'vscode';
import { accountSentence, type AccountReport } from '../../shared/account.ts';
import type { Finding } from '../../shared/finding.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';
import { setCredential } from './credentialCommands.ts';
import { replay } from './logCommands.ts';
import { pickApi } from './pickApi.ts';

/** Asks a vendor what an API's account has left, and puts the answer into its findings. `finding` is the one in hand. */
export async function verifyAccount(parts: Parts, name: string | null, finding: Finding | null = null): Promise<void> {
  const api = await pickApi(parts, {
    name,
    placeHolder: vscode.l10n.t('Whose account is to be verified?'),
    among: () => true,
    none: vscode.l10n.t('tollgate.jsonc declares no API yet. Add one first.'),
  });
  if (api === null) return;
  const about = finding ?? parts.traffic.findings.find((one) => one.api === api.name) ?? null;
  const report = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Asking about the account of {0}…', api.title),
    },
    async () => (await parts.gateway.start()).verifyAccount(api.name, about?.exchangeId ?? null),
  );
  parts.traffic.noteAccount(report, about?.key ?? null);
  void tell(parts, report, about);
}

/** What can be done next, by what its button does. */
type Step = 'billing' | 'replay' | 'credential' | 'again';

async function tell(parts: Parts, report: AccountReport, about: Finding | null): Promise<void> {
  const message = `${report.title}: ${localise(accountSentence(report, about !== null))}`;
  const titles: Readonly<Record<Step, string>> = {
    billing: vscode.l10n.t('Open Billing'),
    replay: vscode.l10n.t('Replay'),
    credential: vscode.l10n.t('Set Credential…'),
    again: vscode.l10n.t('Try Again'),
  };
  const buttons = stepsAfter(report, about).map((step) => ({ title: titles[step], step }));
  const pressed = await (report.state === 'funded' || report.state === 'stale'
    ? vscode.window.showInformationMessage(message, ...buttons)
    : vscode.window.showWarningMessage(message, ...buttons));
  switch (pressed?.step) {
    case 'billing':
      if (report.page !== null) await vscode.env.openExternal(vscode.Uri.parse(report.page, true));
      return;
    case 'replay':
      if (about !== null) await replay(parts, about.exchangeId);
      return;
    case 'credential':
      await setCredential(parts, report.api);
      return;
    case 'again':
      await verifyAccount(parts, report.api, about);
      return;
    case undefined:
      return;
  }
}

function stepsAfter({ state, why, page, figures, need }: AccountReport, about: Finding | null): readonly Step[] {
  const billing: readonly Step[] = page === null ? [] : ['billing'];
  switch (state) {
    case 'funded': {
      const suffices = need === null || figures.amount === undefined || figures.amount >= need;
      return about !== null && suffices ? ['replay', ...billing] : billing;
    }
    case 'stale':
    case 'unfunded':
      return billing;
    case 'unknown':
      if (why === 'no_credential' || why === 'unauthorized') return ['credential', ...billing];
      if (why === 'unreachable' || why === 'busy') return ['again', ...billing];
      return billing;
  }
}

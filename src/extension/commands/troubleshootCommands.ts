import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { ExchangeId } from '../../shared/exchange.ts';
import type { StepCall } from '../../shared/troubleshooting.ts';
import type { ReportParts } from '../../troubleshoot/report.ts';
import { readExchange } from '../exchangeContent.ts';
import type { Parts } from '../parts.ts';
import { revealCallSite } from '../reveal.ts';
import { withEditorPath } from '../sourcePath.ts';
import { actionOf } from '../troubleshooter.ts';
import { openCatalogue } from './catalogueCommands.ts';
import { refreshCredential, setCredential } from './credentialCommands.ts';
import { pickFinding } from './findingCommands.ts';
import { reportOrigin, sendAgain, showExchange, tellReplay } from './logCommands.ts';

/** Walks the five steps for an exchange, and shows them fill in. Without an id, takes the newest refusal or asks which. */
export async function troubleshootRefusal(parts: Parts, id: ExchangeId | null): Promise<void> {
  const chosen = id ?? (await pickRefusal(parts));
  if (chosen === null) return;
  parts.panel.show({ id: chosen, tab: 'troubleshoot' });
  await parts.troubleshooter.run(chosen);
}

/** Does what a button of the checklist says. */
export async function runStepAction(parts: Parts, id: ExchangeId, actionId: string): Promise<void> {
  const action = actionOf(parts.troubleshooter.known(id), actionId);
  switch (action.kind) {
    case 'open':
      await vscode.env.openExternal(vscode.Uri.parse(action.url, true));
      return;
    case 'show':
      showExchange(parts, action.exchange);
      return;
    case 'call':
      await makeCall(parts, id, action.call);
  }
}

async function makeCall(parts: Parts, id: ExchangeId, call: StepCall): Promise<void> {
  const { troubleshooter, panel, gateway } = parts;
  const exchange = await (await gateway.start()).exchange(id);
  if (exchange === null) throw new ChannelError('not_found', vscode.l10n.t('This call is no longer in the log.'));
  switch (call) {
    case 'checkAgain':
      await troubleshooter.run(id);
      return;
    case 'replay':
      void tellReplay(parts, await sendAgain(parts, id));
      await troubleshooter.run(id);
      return;
    case 'refreshToken':
      if (await refreshCredential(parts, exchange.api)) await troubleshooter.run(id);
      return;
    case 'setCredential':
      await setCredential(parts, exchange.api);
      await troubleshooter.run(id);
      return;
    case 'openCatalogue':
      return openCatalogue(parts);
    case 'reveal':
      return revealCallSite(parts.callSites, withEditorPath(exchange).callSite);
    case 'showCalls':
      panel.show({ filter: exchange.api === null ? `host:${exchange.host}` : `api:${exchange.api}` });
      return;
    case 'copyReport':
      await copy(await reportOf(parts, id));
      return;
    case 'saveReport':
      return saveReport(parts, await reportOf(parts, id));
    case 'mailReport':
      return mailReport(await reportOf(parts, id));
    case 'openSupport':
      return openSupport(await reportOf(parts, id));
  }
}

interface Report extends ReportParts {
  readonly har: string;
  /** Where the provider's support is written to; null where that is not known. */
  readonly support: string | null;
}

async function reportOf(parts: Parts, id: ExchangeId): Promise<Report> {
  const troubleshooting = parts.troubleshooter.known(id) ?? (await parts.troubleshooter.run(id));
  const api = await parts.gateway.start();
  const [{ providerById, providerForHost }, content, har] = await Promise.all([
    import('../expertise.ts'),
    readExchange(api, id),
    api.exportHar(`id:${id}`),
  ]);
  const { provider, host } = content.exchange;
  const support = (provider === null ? providerForHost(host) : providerById(provider))?.pages.support ?? null;
  return { content, troubleshooting, har, support, origin: reportOrigin(parts, id) };
}

async function copy(report: Report): Promise<void> {
  const { troubleshootReport } = await import('../expertise.ts');
  await vscode.env.clipboard.writeText(troubleshootReport(report));
  void vscode.window.setStatusBarMessage(vscode.l10n.t('$(check) Report copied, secrets redacted'), 4000);
}

/** Writes the report, and the HAR beside it. */
async function saveReport({ home }: Parts, report: Report): Promise<void> {
  const { reportName, troubleshootReport } = await import('../expertise.ts');
  const name = `${reportName(report.content)}.md`;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Save the report'),
    filters: { Markdown: ['md'] },
    ...(home === null ? {} : { defaultUri: vscode.Uri.joinPath(home.folder.uri, name) }),
  });
  if (target === undefined) return;
  const har = target.with({ path: `${target.path.replace(/\.md$/i, '')}.har` });
  const write = async (uri: vscode.Uri, text: string): Promise<void> =>
    vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  await Promise.all([write(target, troubleshootReport({ ...report, har: null })), write(har, report.har)]);
  const open = vscode.l10n.t('Open');
  const pressed = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The report was saved to {0}, and the call as HAR to {1}. Secrets are redacted.',
      vscode.workspace.asRelativePath(target),
      vscode.workspace.asRelativePath(har),
    ),
    open,
  );
  if (pressed === open) await vscode.window.showTextDocument(target);
}

/** Opens a mail with the essentials; the whole report is on the clipboard. */
async function mailReport(report: Report): Promise<void> {
  const { mailLink } = await import('../expertise.ts');
  await copy(report);
  const to = report.support?.startsWith('mailto:') === true ? report.support.slice('mailto:'.length) : '';
  // As text: a Uri is written anew on its way, and what was encoded in the link's query no longer is.
  await vscode.env.openExternal(mailLink(report, to) as unknown as vscode.Uri);
}

/** Opens the page where the provider's support is written to; the report is on the clipboard. */
async function openSupport(report: Report): Promise<void> {
  await copy(report);
  if (report.support !== null) await vscode.env.openExternal(vscode.Uri.parse(report.support, true));
}

/** The finding under the cursor, the only one, or one that is picked; without any, the newest refusal in the log. */
async function pickRefusal(parts: Parts): Promise<ExchangeId | null> {
  const { traffic, callSites } = parts;
  const editor = vscode.window.activeTextEditor;
  const here = traffic.findings.find(
    ({ callSite }) =>
      callSite !== null &&
      callSite.file === editor?.document.uri.fsPath &&
      callSites.locate(callSite).line === editor.selection.active.line,
  );
  if (here !== undefined) return here.exchangeId;
  if (traffic.findings.length > 0)
    return (await pickFinding(parts, null, vscode.l10n.t('Which refusal is to be looked into?')))?.exchangeId ?? null;
  const refused = traffic.rows.find(({ diagnosis, status }) => diagnosis !== null || (status ?? 0) >= 400);
  if (refused !== undefined) return refused.id;
  throw new ChannelError('no_finding', vscode.l10n.t('No call has been refused yet.'));
}

import * as vscode from 'vscode';
import { causeTitle } from '../shared/causePages.ts';
import type { CallSite } from '../shared/callSite.ts';
import type { AccountNote, Finding } from '../shared/finding.ts';
import { reliefText } from '../shared/recourse.ts';
import { ago, localise } from './localise.ts';

/** The heading of a finding, as in "402 · Out of credit · 3× · 2 min ago". */
export function findingTitle({ status, diagnosis, count, lastAt }: Finding, now: number): string {
  return [
    ...(status === null ? [] : [String(status)]),
    localise(causeTitle(diagnosis.cause)),
    ...(count > 1 ? [vscode.l10n.t('{0}×', count)] : []),
    ago(now - lastAt),
  ].join(' · ');
}

/** The sentence of a finding; where its line is only near, that is said. */
export function findingMessage({ diagnosis, callSite, account, simulated }: Finding): string {
  const summary = localise(diagnosis.summary);
  const said = simulated ? vscode.l10n.t('Simulated: {0}', summary) : summary;
  const told = diagnosis.relief === undefined ? said : `${said} ${localise(reliefText(diagnosis.relief))}`;
  const sentence = account === undefined ? told : `${told} ${accountMessage(account)}`;
  switch (callSite?.certainty ?? 'exact') {
    case 'exact':
      return sentence;
    case 'near':
      return vscode.l10n.t('{0} (The call was made near here.)', sentence);
    case 'search':
      return vscode.l10n.t('Probably here: {0} (The line was found by a search of the workspace.)', sentence);
  }
}

/** What the vendor said of the account, and when. */
export function accountMessage({ sentence, at }: AccountNote): string {
  const time = new Date(at).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
  return vscode.l10n.t('Account at {0}: {1}', time, localise(sentence));
}

/** A call site as people write it: the path within the workspace, and the line. */
export function placeLabel(site: CallSite, line = site.line): string {
  const place = `${vscode.workspace.asRelativePath(site.file)}:${line}`;
  return site.certainty === 'search' ? vscode.l10n.t('probably {0}', place) : place;
}

import * as vscode from 'vscode';
import { causeTitle } from '../../shared/causePages.ts';
import type { ApiStatus } from '../../shared/protocol.ts';
import type { CoolDown } from '../../shared/recourse.ts';
import { localise } from '../localise.ts';

/** What the gateway does about refusals of an API just now, in a few words; nothing where it need not. */
export function recourseLabels({ name, recourse }: ApiStatus): readonly string[] {
  if (recourse == null) return [];
  const { waiting, opensAt, coolDowns } = recourse;
  const calls = waiting === 1 ? vscode.l10n.t('1 call waits') : vscode.l10n.t('{0} calls wait', waiting);
  return [
    ...(waiting === 0 ? [] : [opensAt === null ? calls : vscode.l10n.t('{0} until {1}', calls, clock(opensAt))]),
    ...coolDowns.filter((one) => one.api === name).map((one) => vscode.l10n.t('{0} left out', targetOf(one))),
  ];
}

/** The row of an API that tells who waits and what is left out, and until when. */
export function recourseItem(api: ApiStatus): vscode.TreeItem {
  const label = recourseLabels(api).join(' · ');
  const item = new vscode.TreeItem(label);
  item.id = `api/${api.name}/recourse`;
  item.iconPath = new vscode.ThemeIcon('git-branch', new vscode.ThemeColor('list.warningForeground'));
  item.contextValue = 'fact.recourse';
  const reasons = (api.recourse?.coolDowns ?? []).map((one) =>
    vscode.l10n.t('{0}: {1}, until {2}', targetOf(one), localise(causeTitle(one.cause)), clock(one.until)),
  );
  item.description = reasons.join(' · ');
  item.tooltip = [
    vscode.l10n.t('What was refused is left out for a while, and its fallback is called at once.'),
    ...reasons,
  ].join('\n');
  item.accessibilityInformation = { label: `${label}, ${item.description}` };
  return item;
}

function targetOf({ api, credential }: CoolDown): string {
  return credential === null || credential === api ? api : `${api} (${credential})`;
}

function clock(at: number): string {
  return new Date(at).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
}

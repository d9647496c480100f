import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import { healthLabel } from '../views/apiLabels.ts';

/** Finds an API, a team or an application by typing, and shows where it is declared or what it did. */
export async function findApi(parts: Parts): Promise<void> {
  const { apis, access } = parts.traffic;
  const separator = (label: string): vscode.QuickPickItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  type Found = vscode.QuickPickItem & { readonly run?: () => unknown };
  const reveal = (section: string, name: string) => (): unknown =>
    vscode.commands.executeCommand('tollgate.revealDeclaration', { section, name });
  const items: Found[] = [
    separator(vscode.l10n.t('APIs')),
    ...apis.map((api) => ({
      label: `$(globe) ${api.title}`,
      description: `${api.name} · ${healthLabel(api)}`,
      detail: api.upstream,
      run: reveal('apis', api.name),
    })),
    separator(vscode.l10n.t('Applications')),
    ...access.applications.map(({ name, title, team }) => ({
      label: `$(symbol-method) ${title}`,
      description: `${name} · ${team}`,
      run: reveal('applications', name),
    })),
    separator(vscode.l10n.t('Teams')),
    ...access.teams.map(({ name, title }) => ({
      label: `$(organization) ${title}`,
      description: name,
      run: reveal('teams', name),
    })),
  ];
  const picked = await vscode.window.showQuickPick<Found>(items, {
    placeHolder: vscode.l10n.t('An API, an application or a team'),
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await picked?.run?.();
}

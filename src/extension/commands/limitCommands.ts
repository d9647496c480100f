import * as vscode from 'vscode';
import type { LimitDeclaration } from '../../shared/catalogueAccess.ts';
import type { Parts } from '../parts.ts';
import { named, tell } from './accessArguments.ts';
import { needHome } from './catalogueCommands.ts';
import { declaringSource } from './editCatalogue.ts';
import { saveFile } from './lifecycleCommands.ts';

type Scope = Pick<LimitDeclaration, 'team' | 'application' | 'key'>;

/** Declares what a team, an application, a key, or all together may use. */
export async function setLimit(parts: Parts, argument: unknown): Promise<void> {
  await saveFile(needHome(parts).catalogue.fsPath);
  const scope = argument === undefined ? await askScope(parts) : scopeOf(argument);
  if (scope === undefined) return;
  const whose = Object.values(scope)[0] ?? vscode.l10n.t('all calls together');
  const title = vscode.l10n.t('A budget for {0}', whose);
  const measure = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('US dollars'), value: 'usd' },
      { label: vscode.l10n.t('Calls'), value: 'calls' },
      { label: vscode.l10n.t('Tokens'), value: 'tokens' },
    ],
    { title, placeHolder: vscode.l10n.t('What is counted?') },
  );
  if (measure === undefined) return;
  const amount = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('How much of it, as in 100'),
    validateInput: (value) => (amountOf(value) === null ? vscode.l10n.t('A number above 0 is needed.') : undefined),
  });
  const limit = amount === undefined ? null : amountOf(amount);
  if (limit === null) return;
  const per = await vscode.window.showQuickPick(
    (['day', 'week', 'month', 'total'] as const).map((value) => ({ label: perWords(value), value })),
    { title, placeHolder: vscode.l10n.t('For how long?') },
  );
  if (per === undefined) return;
  const over = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('Warn'), detail: vscode.l10n.t('Calls go on'), value: 'warn' as const },
      {
        label: vscode.l10n.t('Refuse'),
        detail: vscode.l10n.t('The gateway answers 402 itself'),
        value: 'refuse' as const,
      },
    ],
    { title, placeHolder: vscode.l10n.t('What is to happen when it is spent?') },
  );
  if (over === undefined) return;
  const declaration: LimitDeclaration = { ...scope, [measure.value]: limit, per: per.value, over: over.value };
  const name = `${whose.toLowerCase().replace(/[^a-z0-9]+/g, '-')}-${measure.value}-${per.value}`.slice(0, 64);
  await (await parts.gateway.start()).declare({ kind: 'budget', name, declaration });
  tell(vscode.l10n.t('$(check) The budget for {0} is set', whose));
}

/** Shows where a team, an application, an API, a plan or a budget is declared. */
export async function revealDeclaration(parts: Parts, argument: unknown): Promise<void> {
  const { catalogue } = needHome(parts);
  const place = placeOf(parts, argument);
  const { file, text } = await declaringSource(catalogue, place === null ? [] : [place.section, place.name]);
  const document = await vscode.workspace.openTextDocument(file);
  const source = text ?? '';
  const section = place === null ? -1 : source.indexOf(`"${place.section}"`);
  const at = place === null || section === -1 ? -1 : source.indexOf(`"${place.name}"`, section);
  const position = document.positionAt(Math.max(0, at));
  await vscode.window.showTextDocument(document, { selection: new vscode.Range(position, position) });
}

async function askScope({ traffic }: Parts): Promise<Scope | undefined> {
  const { teams, applications } = traffic.access;
  const picked = await vscode.window.showQuickPick(
    [
      { label: vscode.l10n.t('$(globe) All calls together'), scope: {} },
      ...teams.map(({ name, title }) => ({
        label: `$(organization) ${title}`,
        description: name,
        scope: { team: name },
      })),
      ...applications.map(({ name, title, team }) => ({
        ...{ label: `$(package) ${title}`, description: `${name} · ${team}` },
        scope: { application: name },
      })),
    ],
    { placeHolder: vscode.l10n.t('Whose budget?'), matchOnDescription: true },
  );
  return picked?.scope;
}

function scopeOf(argument: unknown): Scope {
  const application = typeof argument === 'string' ? argument : named(argument, 'application');
  if (application !== null) return { application };
  const team = named(argument, 'team');
  if (team !== null) return { team };
  const key = named(argument, 'id');
  return key === null ? {} : { key };
}

function placeOf({ traffic }: Parts, argument: unknown): { readonly section: string; readonly name: string } | null {
  if (typeof argument !== 'object' || argument === null) return null;
  if ('section' in argument && 'name' in argument)
    return { section: String(argument.section), name: String(argument.name) };
  const application = named(argument, 'application');
  if (application !== null) return { section: 'applications', name: application };
  const team = named(argument, 'team');
  if (team !== null) return { section: 'teams', name: team };
  const api = named(argument, 'api');
  if (api !== null) return { section: 'apis', name: api };
  const plan = named(argument, 'plan');
  if (plan !== null) return { section: 'plans', name: plan };
  const id = named(argument, 'id');
  const limit = traffic.access.limits.find((one) => one.id === id);
  return limit === undefined ? null : { section: 'budgets', name: limit.source };
}

function perWords(per: 'day' | 'week' | 'month' | 'total'): string {
  switch (per) {
    case 'day':
      return vscode.l10n.t('A day');
    case 'week':
      return vscode.l10n.t('A week');
    case 'month':
      return vscode.l10n.t('A month');
    case 'total':
      return vscode.l10n.t('For good');
  }
}

function amountOf(text: string): number | null {
  const value = /^\d{1,12}(?:[.,]\d{1,6})?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : 0;
  return value > 0 ? value : null;
}

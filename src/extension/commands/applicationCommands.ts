import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import { askForName, named, pickApplication, tell } from './accessArguments.ts';
import { needHome } from './catalogueCommands.ts';
import { editCatalogue } from './editCatalogue.ts';
import { saveFile } from './lifecycleCommands.ts';
import { orderApplication } from './orderCommands.ts';

/** Declares an application in `tollgate.jsonc`, and its team where there is none yet. */
export async function createApplication(parts: Parts, argument: unknown): Promise<void> {
  await saveFile(needHome(parts).catalogue.fsPath);
  const { applications, teams } = parts.traffic.access;
  const team = named(argument, 'team') ?? (await pickTeam(parts));
  if (team === null) return;
  const title = vscode.l10n.t('Create an application of {0}', teams.find(({ name }) => name === team)?.title ?? team);
  const name = await askForName(
    title,
    applications.map((one) => one.name),
    vscode.l10n.t('Its name in tollgate.jsonc, as in "shop"'),
  );
  if (name === undefined) return;
  await (await parts.gateway.start()).declare({ kind: 'application', name, declaration: { team } });
  parts.accessSpotlight.show({ kind: 'application', application: name });
  const key = vscode.l10n.t('Issue Key…');
  const subscribe = vscode.l10n.t('Request Subscription…');
  const message = vscode.l10n.t('The application "{0}" is created.', name);
  const pressed = await vscode.window.showInformationMessage(message, subscribe, key);
  if (pressed === key) await vscode.commands.executeCommand('tollgate.issueKey', name);
  if (pressed === subscribe)
    await vscode.commands.executeCommand('tollgate.requestSubscription', { application: name });
}

/** Declares a team in `tollgate.jsonc` and shows it. */
export async function createTeam(parts: Parts): Promise<void> {
  const team = await declareTeam(parts);
  if (team !== null) parts.accessSpotlight.show({ kind: 'team', team });
}

/** @returns the team's name; null where the person changed his mind. */
async function declareTeam(parts: Parts): Promise<string | null> {
  await saveFile(needHome(parts).catalogue.fsPath);
  const taken = parts.traffic.access.teams.map((one) => one.name);
  const name = await askForName(
    vscode.l10n.t('Create a team'),
    taken,
    vscode.l10n.t('Its name in tollgate.jsonc, as in "checkout"'),
  );
  if (name === undefined) return null;
  await (await parts.gateway.start()).declare({ kind: 'team', name, declaration: {} });
  tell(vscode.l10n.t('$(check) The team "{0}" is created', name));
  return name;
}

/** Moves an application to the team that it is dropped on, or that is picked; within its team, before another. */
export async function moveApplication(parts: Parts, argument: unknown, target?: unknown): Promise<void> {
  const { traffic } = parts;
  const placeHolder = vscode.l10n.t('Which application is to be moved?');
  const application = await pickApplication(parts, named(argument, 'application'), placeHolder);
  if (application === null) return;
  const { name } = application;
  const onto = traffic.access.applications.find((one) => one.name === named(target, 'application'));
  if (onto?.team === application.team) {
    if (onto.name !== name) await orderApplication(parts, name, onto.name);
    return;
  }
  const dropped = onto?.team ?? named(target, 'team');
  const team = dropped ?? (target === undefined ? await pickTeam(parts) : null);
  if (team === null || team === application.team) return;
  const title = traffic.access.teams.find((one) => one.name === team)?.title ?? team;
  const move = vscode.l10n.t('Move');
  const message = vscode.l10n.t(
    'Move {0} to {1}? Its keys, subscriptions and usage count there from then on.',
    application.title,
    title,
  );
  if ((await vscode.window.showWarningMessage(message, { modal: true }, move)) !== move) return;
  await editCatalogue(parts, ['applications', name], (text, how) =>
    how.setMembersIn(text, ['applications', name], { team }),
  );
  tell(vscode.l10n.t('$(check) {0} belongs to {1}', application.title, title));
}

async function pickTeam(parts: Parts): Promise<string | null> {
  const { teams } = parts.traffic.access;
  if (teams.length === 0) return declareTeam(parts);
  const create = vscode.l10n.t('$(add) Create a team…');
  const picked = await vscode.window.showQuickPick(
    [...teams.map(({ name, title }) => ({ label: title, description: name, name })), { label: create, name: null }],
    { placeHolder: vscode.l10n.t('Of which team?') },
  );
  if (picked === undefined) return null;
  return picked.name ?? declareTeam(parts);
}

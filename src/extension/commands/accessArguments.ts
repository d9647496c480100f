import * as vscode from 'vscode';
import type { Application } from '../../shared/access.ts';
import { apiNamePattern } from '../../shared/catalogueName.ts';
import { ChannelError } from '../../shared/channel.ts';
import type { Parts } from '../parts.ts';

/** A member of a node, or the argument itself where it is text. */
export function named(argument: unknown, member: 'id' | 'application' | 'team' | 'api' | 'plan'): string | null {
  if (typeof argument === 'string') return argument;
  if (typeof argument !== 'object' || argument === null) return null;
  const found = (argument as Record<string, unknown>)[member];
  return typeof found === 'string' ? found : null;
}

/** The application that is named or picked; null where the person changed his mind. */
export async function pickApplication(
  { traffic }: Parts,
  name: string | null,
  placeHolder: string,
  among: (application: Application) => boolean = () => true,
): Promise<Application | null> {
  const { applications: all, teams } = traffic.access;
  const applications = name === null ? all.filter(among) : all;
  if (all.length > 0 && applications.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no application for which that makes sense.'));
    return null;
  }
  if (name !== null) {
    const known = applications.find((one) => one.name === name);
    if (known !== undefined) return known;
    throw new ChannelError('unknown_application', vscode.l10n.t('There is no application "{0}".', name));
  }
  const [only] = applications;
  if (only === undefined) {
    const create = vscode.l10n.t('Create Application…');
    const message = vscode.l10n.t('There is no application yet. Keys and subscriptions belong to one.');
    if ((await vscode.window.showInformationMessage(message, create)) === create)
      await vscode.commands.executeCommand('tollgate.createApplication');
    return null;
  }
  if (applications.length === 1) return only;
  const picked = await vscode.window.showQuickPick(
    applications.map((application) => ({
      label: application.title,
      description: teams.find((team) => team.name === application.team)?.title ?? application.team,
      application,
    })),
    { placeHolder, matchOnDescription: true },
  );
  return picked?.application ?? null;
}

/** Says that something is done, where it does not disturb. */
export function tell(message: string): void {
  void vscode.window.setStatusBarMessage(message, 6000);
}

/** Days from text, as in `30`, in milliseconds; null for ever where it is empty; undefined where it is neither. */
export function daysOf(text: string): number | null | undefined {
  if (text.trim() === '') return null;
  const days = /^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : 0;
  return days > 0 ? days * 86_400_000 : undefined;
}

/** Asks for a name that is not taken; undefined where the person changed his mind. */
export async function askForName(title: string, taken: readonly string[], prompt: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    prompt,
    validateInput: (name) => {
      if (taken.includes(name)) return vscode.l10n.t('This name is taken.');
      return apiNamePattern.test(name)
        ? undefined
        : vscode.l10n.t('Use lower-case letters, digits, dots, hyphens and underscores; begin with a letter or digit.');
    },
  });
}

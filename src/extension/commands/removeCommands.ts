import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { Declared } from '../../shared/accessApi.ts';
import type { Parts } from '../parts.ts';
import { named, pickApplication, tell } from './accessArguments.ts';
import { needHome } from './catalogueCommands.ts';
import { editCatalogue } from './editCatalogue.ts';
import { saveFile } from './lifecycleCommands.ts';

/** Takes a team, an application, a plan or a budget out of `tollgate.jsonc`, once the person agrees. */
export async function removeDeclaration(parts: Parts, argument: unknown): Promise<void> {
  const found = declaredBy(parts, argument);
  if (found === null)
    throw new ChannelError(
      'nothing_to_remove',
      vscode.l10n.t('Choose a team, an application, a plan or a budget in the view first.'),
    );
  const { kind, name, title } = found;
  refuseWhereNeeded(parts, kind, name, title);
  const remove = vscode.l10n.t('Delete');
  const message = vscode.l10n.t('Delete "{0}" from tollgate.jsonc?', title);
  const detail =
    kind === 'application'
      ? vscode.l10n.t('Its keys are refused from then on. Subscriptions and usage are kept, in case it comes back.')
      : vscode.l10n.t('It can be undone in the file.');
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, remove)) !== remove) return;
  await saveFile(needHome(parts).catalogue.fsPath);
  await (await parts.gateway.start()).undeclare(kind, name);
  tell(vscode.l10n.t('$(check) "{0}" is deleted', title));
}

/** Refuses all keys of an application for now, or takes them again. */
export async function switchApplication(parts: Parts, argument: unknown, on: boolean): Promise<void> {
  const placeHolder = on
    ? vscode.l10n.t('Which application is to be switched on?')
    : vscode.l10n.t('Which application is to be switched off?');
  const application = await pickApplication(
    parts,
    named(argument, 'application'),
    placeHolder,
    (one) => one.disabled === on,
  );
  if (application?.disabled !== on) return;
  await editCatalogue(parts, ['applications', application.name], (text, how) =>
    how.setMembersIn(text, ['applications', application.name], { disabled: on ? undefined : true }),
  );
  tell(
    on
      ? vscode.l10n.t('$(check) The keys of {0} open again', application.title)
      : vscode.l10n.t('$(check) The keys of {0} are refused for now', application.title),
  );
}

interface Found {
  readonly kind: Declared['kind'];
  readonly name: string;
  readonly title: string;
}

function declaredBy({ traffic }: Parts, argument: unknown): Found | null {
  const { teams, applications, plans, limits } = traffic.access;
  const team = teams.find(({ name }) => name === named(argument, 'team'));
  if (team !== undefined) return { kind: 'team', name: team.name, title: team.title };
  const application = applications.find(({ name }) => name === named(argument, 'application'));
  if (application !== undefined) return { kind: 'application', name: application.name, title: application.title };
  const plan = plans.find(({ name }) => name === named(argument, 'plan'));
  if (plan !== undefined) return { kind: 'plan', name: plan.name, title: plan.title };
  const limit = limits.find(({ id, kind }) => kind === 'budget' && id === named(argument, 'id'));
  return limit === undefined ? null : { kind: 'budget', name: limit.source, title: limit.title };
}

/** What others refer to stays, and it is said who does. */
function refuseWhereNeeded({ traffic }: Parts, kind: Declared['kind'], name: string, title: string): void {
  const { applications, apis } = traffic.access;
  const users =
    kind === 'team'
      ? applications.filter(({ team }) => team === name)
      : kind === 'plan'
        ? apis.filter(({ plans }) => plans.includes(name))
        : [];
  if (users.length === 0) return;
  const titles = users.map((one) => one.title).join(', ');
  throw new ChannelError('in_use', vscode.l10n.t('"{0}" is still needed by {1}. Change that first.', title, titles));
}

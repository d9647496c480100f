import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import { named, tell } from './accessArguments.ts';
import { needHome } from './catalogueCommands.ts';
import { editCatalogue } from './editCatalogue.ts';
import { apiNameOf, saveFile } from './lifecycleCommands.ts';
import { pickApi } from './pickApi.ts';

/** Has an API take only calls of subscribed applications. */
export async function requireSubscriptions(parts: Parts, argument: unknown): Promise<void> {
  await saveFile(needHome(parts).catalogue.fsPath);
  const offered = parts.traffic.access.apis;
  const api = await pickApi(parts, {
    name: namedApi(parts, argument),
    placeHolder: vscode.l10n.t('Which API is to want subscriptions?'),
    among: ({ name }) => offered.every((one) => one.api !== name),
    none: vscode.l10n.t('Every API wants subscriptions already.'),
  });
  if (api === null) return;
  if (offered.some((one) => one.api === api.name)) {
    await vscode.commands.executeCommand('tollgate.showDetails', { kind: 'offer', api: api.name });
    return;
  }
  const title = vscode.l10n.t('Require subscriptions to {0}', api.title);
  const how = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t('Each is approved by a person'),
        detail: vscode.l10n.t('Requests wait in the view "Teams and Access"'),
        value: 'manual' as const,
      },
      {
        label: vscode.l10n.t('All are approved at once'),
        detail: vscode.l10n.t('Keys, quotas and budgets still hold'),
        value: 'auto' as const,
      },
    ],
    {
      title,
      placeHolder: vscode.l10n.t('Programs without a key of a subscribed application are refused from then on.'),
    },
  );
  if (how === undefined) return;
  const plans = await pickPlans(parts, title);
  if (plans === undefined) return;
  const access = { subscription: how.value, ...(plans.length === 0 ? {} : { plans }) };
  await editCatalogue(parts, ['apis', api.name], (text, how) => how.setMembersIn(text, ['apis', api.name], { access }));
  parts.accessSpotlight.show({ kind: 'offer', api: api.name });
  tell(vscode.l10n.t('$(check) {0} wants subscriptions', api.title));
}

/** Lets everybody on this machine call an API again. */
export async function openToEveryone(parts: Parts, argument: unknown): Promise<void> {
  const offered = parts.traffic.access.apis;
  const api = await pickApi(parts, {
    name: namedApi(parts, argument),
    placeHolder: vscode.l10n.t('Which API is to be open to everyone?'),
    among: ({ name }) => offered.some((one) => one.api === name),
    none: vscode.l10n.t('Every API is open already.'),
  });
  if (api === null) return;
  const open = vscode.l10n.t('Open to Everyone');
  const message = vscode.l10n.t('Open {0} to every program on this machine?', api.title);
  const detail = vscode.l10n.t('Keys and subscriptions stay, but are no longer asked for.');
  if ((await vscode.window.showWarningMessage(message, { modal: true, detail }, open)) !== open) return;
  await editCatalogue(parts, ['apis', api.name], (text, how) =>
    how.setMembersIn(text, ['apis', api.name], { access: undefined }),
  );
  tell(vscode.l10n.t('$(check) {0} is open to everyone', api.title));
}

/** Gives an API to a team, which then approves subscriptions to it; `target` is a node of the view. */
export async function moveApi(parts: Parts, argument: unknown, target?: unknown): Promise<void> {
  const { teams, apis, applications } = parts.traffic.access;
  const name = namedApi(parts, argument);
  const offer = apis.find(({ api }) => api === name);
  if (name !== null && offer === undefined) {
    const require = vscode.l10n.t('Require Subscriptions…');
    const message = vscode.l10n.t('"{0}" is open to everyone. A team can own it once it wants subscriptions.', name);
    if ((await vscode.window.showInformationMessage(message, require)) === require)
      await requireSubscriptions(parts, name);
    return;
  }
  const chosen = offer ?? (await pickOffer(parts));
  if (chosen === null) return;
  const onApplication = applications.find((one) => one.name === named(target, 'application'))?.team;
  const owner = named(target, 'team') ?? onApplication ?? (target === undefined ? await pickTeam(parts) : null);
  if (owner === undefined || owner === chosen.owner) return;
  await editCatalogue(parts, ['apis', chosen.api], (text, how) =>
    how.setMembersIn(text, ['apis', chosen.api, 'access'], { owner: owner ?? undefined }),
  );
  const title = teams.find((one) => one.name === owner)?.title ?? owner;
  tell(
    title === null
      ? vscode.l10n.t('$(check) {0} belongs to no team', chosen.title)
      : vscode.l10n.t('$(check) {0} belongs to {1}', chosen.title, title),
  );
}

/** The API of a node of either view. */
function namedApi(parts: Parts, argument: unknown): string | null {
  return named(argument, 'api') ?? apiNameOf(parts, argument);
}

async function pickOffer(parts: Parts): Promise<Parts['traffic']['access']['apis'][number] | null> {
  const { apis } = parts.traffic.access;
  if (apis.length === 0) {
    await requireSubscriptions(parts, null);
    return null;
  }
  const picked = await vscode.window.showQuickPick(
    apis.map((offer) => ({ label: offer.title, description: offer.api, offer })),
    { placeHolder: vscode.l10n.t('Which API is to be moved?') },
  );
  return picked?.offer ?? null;
}

/** Null for none; undefined where the person changed his mind. */
async function pickTeam({ traffic }: Parts): Promise<string | null | undefined> {
  const none = { label: vscode.l10n.t('No team'), description: '', name: null };
  const teams = traffic.access.teams.map(({ name, title }) => ({ label: title, description: name, name }));
  const placeHolder = vscode.l10n.t('Which team offers it and approves subscriptions?');
  const picked = await vscode.window.showQuickPick([...teams, none], { placeHolder });
  return picked?.name;
}

async function pickPlans({ traffic }: Parts, title: string): Promise<readonly string[] | undefined> {
  const { plans } = traffic.access;
  if (plans.length === 0) return [];
  const picked = await vscode.window.showQuickPick(
    plans.map((plan) => ({ label: plan.title, description: plan.description ?? plan.name, name: plan.name })),
    { title, placeHolder: vscode.l10n.t('On which plans? None for no terms.'), canPickMany: true },
  );
  return picked?.map(({ name }) => name);
}

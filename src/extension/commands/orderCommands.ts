import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { Parts } from '../parts.ts';
import { named, tell } from './accessArguments.ts';
import { editCatalogue } from './editCatalogue.ts';
import { apiNameOf } from './lifecycleCommands.ts';

/** Puts an API before another, first, or last where nothing is said. */
export async function orderApi(parts: Parts, argument: unknown, before: unknown): Promise<void> {
  const name = apiNameOf(parts, argument);
  if (name === null) return;
  const first = parts.traffic.apis[0]?.name ?? null;
  const target = before === 'first' ? first : apiNameOf(parts, before);
  if (target !== name)
    await editCatalogue(parts, ['apis', name], (text, how) => how.moveMemberIn(text, 'apis', name, target));
}

/** Puts an application before another in `tollgate.jsonc`, whose order the tree has. */
export async function orderApplication(parts: Parts, name: string, before: string): Promise<void> {
  await editCatalogue(parts, ['applications', name], (text, how) =>
    how.moveMemberIn(text, 'applications', name, before),
  );
}

/** Moves an API or an application by one place, as dragging does. */
export async function moveByOne(parts: Parts, argument: unknown, by: -1 | 1): Promise<void> {
  const { apis, access } = parts.traffic;
  const application = named(argument, 'application');
  const api = application === null ? (named(argument, 'api') ?? apiNameOf(parts, argument)) : null;
  const team = access.applications.find(({ name }) => name === application)?.team;
  const names =
    api === null
      ? access.applications.filter((one) => one.team === team).map(({ name }) => name)
      : apis.map(({ name }) => name);
  const name = application ?? api;
  const at = name === null ? -1 : names.indexOf(name);
  if (name === null || at === -1)
    throw new ChannelError('nothing_to_move', vscode.l10n.t('Choose an API or an application in the view first.'));
  if (at + by < 0 || at + by >= names.length) {
    tell(by < 0 ? vscode.l10n.t('It is the first already') : vscode.l10n.t('It is the last already'));
    return;
  }
  const all = api === null ? access.applications.map((one) => one.name) : names;
  const next = names[at + by] ?? name;
  // Behind the next of its team, not behind what comes after that in the file.
  const before = by < 0 ? next : (all[all.indexOf(next) + 1] ?? null);
  const section = api === null ? 'applications' : 'apis';
  await editCatalogue(parts, [section, name], (text, how) => how.moveMemberIn(text, section, name, before));
}

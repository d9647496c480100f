import * as vscode from 'vscode';
import type { ApiLifecycle, VersionNotice, VersionState } from '../../shared/lifecycle.ts';
import type { ApiStatus } from '../../shared/protocol.ts';
import type { Parts } from '../parts.ts';
import { pickDescribed, versionArgument } from './lifecycleCommands.ts';

type Described = ApiStatus & { readonly lifecycle: ApiLifecycle };

/** Has answers of a version say that it is on its way out, when it ends and what comes after it. */
export async function deprecateVersion(parts: Parts, argument: unknown): Promise<void> {
  const chosen = await pickVersion(parts, argument, vscode.l10n.t('Which version is to be deprecated?'), ['published']);
  if (chosen === null) return;
  const { api, version } = chosen;
  const title = vscode.l10n.t('Deprecate {0} {1}', api.title, version);
  const sunset = await vscode.window.showInputBox({
    title: `${title} (1/2)`,
    prompt: vscode.l10n.t('The day on which it ends, as in 2027-01-31. Empty where that is not decided.'),
    validateInput: (value) => (isDay(value) ? undefined : vscode.l10n.t('A day is written 2027-01-31.')),
  });
  if (sunset === undefined) return;
  const notice = await askWhereTo(api, version, `${title} (2/2)`);
  if (notice === undefined) return;
  const gateway = await parts.gateway.start();
  await gateway.deprecateVersion(api.name, version, { ...notice, sunset: sunset.trim() === '' ? null : sunset.trim() });
  tell(vscode.l10n.t('$(check) Answers of {0} {1} say that it is deprecated', api.title, version));
}

/** Has calls to a version answered 410, with where to go. */
export async function retireVersion(parts: Parts, argument: unknown): Promise<void> {
  const chosen = await pickVersion(parts, argument, vscode.l10n.t('Which version is to be retired?'), [
    'published',
    'deprecated',
  ]);
  if (chosen === null) return;
  const { api, version } = chosen;
  const title =
    version === api.lifecycle.current
      ? vscode.l10n.t('Retire {0} {1}, which is in force: calls without a version end too', api.title, version)
      : vscode.l10n.t('Retire {0} {1}', api.title, version);
  const notice = await askWhereTo(api, version, title);
  if (notice === undefined) return;
  await (await parts.gateway.start()).retireVersion(api.name, version, notice);
  tell(vscode.l10n.t('$(check) Calls to {0} {1} are answered 410', api.title, version));
}

/** Takes a deprecation or a retirement back. */
export async function restoreVersion(parts: Parts, argument: unknown): Promise<void> {
  const chosen = await pickVersion(parts, argument, vscode.l10n.t('Which version is to be put back into service?'), [
    'deprecated',
    'retired',
  ]);
  if (chosen === null) return;
  const { api, version } = chosen;
  const gateway = await parts.gateway.start();
  await gateway.retireVersion(api.name, version, null);
  await gateway.deprecateVersion(api.name, version, null);
  tell(vscode.l10n.t('$(check) {0} {1} is in service again', api.title, version));
}

async function pickVersion(
  parts: Parts,
  argument: unknown,
  placeHolder: string,
  states: readonly VersionState[],
): Promise<{ readonly api: Described; readonly version: string } | null> {
  const api = await pickDescribed(parts, argument, placeHolder);
  if (api === null) return null;
  const named = versionArgument(argument);
  if (named !== null) return { api, version: named };
  const versions = api.lifecycle.versions.filter(({ state }) => states.includes(state));
  if (versions.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} has no version for that.', api.title));
    return null;
  }
  const picked = await vscode.window.showQuickPick(
    versions.map(({ version }) => ({
      label: version,
      description: version === api.lifecycle.current ? vscode.l10n.t('in force') : '',
    })),
    { placeHolder },
  );
  return picked === undefined ? null : { api, version: picked.label };
}

async function askWhereTo(
  { lifecycle }: Described,
  version: string,
  title: string,
): Promise<Partial<VersionNotice> | undefined> {
  const others = lifecycle.versions.filter((one) => one.version !== version && one.state !== 'retired');
  const url = vscode.l10n.t('$(link) A URL…');
  const nowhere = vscode.l10n.t('$(dash) Nothing comes after it');
  const picked = await vscode.window.showQuickPick(
    [...others.map((one) => ({ label: one.version })), { label: url }, { label: nowhere }],
    { title, placeHolder: vscode.l10n.t('Where are callers to go?') },
  );
  if (picked === undefined) return undefined;
  if (picked.label === nowhere) return { successor: null };
  if (picked.label !== url) return { successor: picked.label };
  const given = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('Where callers are to go, as in https://api.example.com/v2'),
    validateInput: (value) =>
      /^https?:\/\/\S+$/i.test(value) ? undefined : vscode.l10n.t('An http or https URL is needed.'),
  });
  return given === undefined ? undefined : { successor: given };
}

function isDay(value: string): boolean {
  return value.trim() === '' || (/^\d{4}-\d\d-\d\d$/.test(value.trim()) && !Number.isNaN(Date.parse(value.trim())));
}

function tell(message: string): void {
  void vscode.window.setStatusBarMessage(message, 6000);
}

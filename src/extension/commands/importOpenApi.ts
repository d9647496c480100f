import * as vscode from 'vscode';
import type { DescriptionSource, ImportedDescription } from '../../shared/lifecycle.ts';
import type { Parts } from '../parts.ts';
import { needHome } from './catalogueCommands.ts';
import { pickApi } from './pickApi.ts';
import { pickStep } from './pickStep.ts';

/** Writes the draft of an API's description from a file, a URL or captured calls, and opens it. */
export async function importOpenApi(parts: Parts, name: string | null, given?: unknown): Promise<void> {
  const { catalogue } = needHome(parts);
  const api = await pickApi(parts, {
    name,
    placeHolder: vscode.l10n.t('Which API is described?'),
    among: () => true,
    none: vscode.l10n.t('tollgate.jsonc declares no API yet. Add one first.'),
  });
  if (api === null) return;
  const source = isSource(given) ? given : await askForSource(api.title);
  if (source === null) return;
  // The gateway writes there where the draft is.
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === catalogue.toString());
  if (open?.isDirty === true) await open.save();
  const gateway = await parts.gateway.start();
  const run = async (replace: boolean): Promise<ImportedDescription> =>
    vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: vscode.l10n.t('Importing the description of {0}…', api.title),
      },
      () => gateway.importDescription(api.name, source, replace),
    );
  const imported = await run(false).catch(async (error: unknown) => {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'draft_exists') throw error;
    const replace = vscode.l10n.t('Replace');
    const message = vscode.l10n.t('{0} has a draft already. Replace it?', api.title);
    return (await vscode.window.showWarningMessage(message, { modal: true }, replace)) === replace ? run(true) : null;
  });
  if (imported === null) return;
  await vscode.window.showTextDocument(vscode.Uri.file(imported.draft));
  const errors = imported.problems.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        'The description is imported, but {0} problems have to be mended before it can be published.',
        errors,
      ),
    );
    return;
  }
  const publish = vscode.l10n.t('Publish');
  const what =
    imported.calls === null
      ? vscode.l10n.t('{0} operations of {1} are described.', imported.operations, api.title)
      : vscode.l10n.t(
          '{0} operations of {1} are described, by {2} calls.',
          imported.operations,
          api.title,
          imported.calls,
        );
  void vscode.window.showInformationMessage(what, publish).then((pressed) => {
    if (pressed === publish) void vscode.commands.executeCommand('tollgate.publishApi', api.name);
  });
}

function isSource(given: unknown): given is DescriptionSource {
  return typeof given === 'object' && given !== null && 'kind' in given;
}

async function askForSource(title: string): Promise<DescriptionSource | null> {
  const picked = await pickStep<'file' | 'url' | 'traffic'>(
    [
      {
        label: vscode.l10n.t('$(file) A file…'),
        detail: vscode.l10n.t('OpenAPI 3.0 or 3.1, in YAML or JSON'),
        value: 'file',
      },
      {
        label: vscode.l10n.t('$(globe) A URL…'),
        detail: vscode.l10n.t('Fetched the way calls go, through the proxy of your settings'),
        value: 'url',
      },
      {
        label: vscode.l10n.t('$(pulse) Captured calls'),
        detail: vscode.l10n.t('Paths, parameters and schemas are inferred; no value of a call gets into it'),
        value: 'traffic',
      },
    ],
    {
      title: vscode.l10n.t('Import the description of {0}', title),
      placeholder: vscode.l10n.t('From where?'),
      step: 1,
      steps: 2,
    },
  );
  switch (picked) {
    case 'traffic':
      return { kind: 'traffic', filter: '' };
    case 'url': {
      const url = await vscode.window.showInputBox({
        title: vscode.l10n.t('Import the description of {0}', title),
        prompt: vscode.l10n.t('The URL of the YAML or JSON file, as in https://api.example.com/openapi.yaml'),
        ignoreFocusOut: true,
        validateInput: (value) =>
          /^https?:\/\/\S+$/i.test(value.trim()) ? undefined : vscode.l10n.t('An http or https URL is needed.'),
      });
      return url === undefined ? null : { kind: 'url', url: url.trim() };
    }
    case 'file': {
      const [file] =
        (await vscode.window.showOpenDialog({
          title: vscode.l10n.t('Import the description of {0}', title),
          filters: { OpenAPI: ['yaml', 'yml', 'json'] },
        })) ?? [];
      if (file === undefined) return null;
      const bytes = await vscode.workspace.fs.readFile(file);
      return { kind: 'text', text: new TextDecoder().decode(bytes), name: file.path };
    }
    case 'back':
    case null:
      return null;
  }
}

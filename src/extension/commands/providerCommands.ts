import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { AddableProvider, LocalServer, ModelCheck } from '../../shared/models.ts';
import type { GatewayApi } from '../../shared/protocol.ts';
import type { Parts } from '../parts.ts';
import { needHome, saveText } from './catalogueCommands.ts';
import { askForSecret } from './credentialCommands.ts';
import { addingSource } from './editCatalogue.ts';

type Choice =
  | { readonly kind: 'provider'; readonly provider: AddableProvider }
  | { readonly kind: 'local'; readonly server: LocalServer };

/** Asks for a provider of models and its key, tries it, and writes it to `tollgate.jsonc`. */
export async function addProvider(parts: Parts, wanted: unknown): Promise<void> {
  const { catalogue } = needHome(parts);
  const gateway = await parts.gateway.start();
  const choice = await pickProvider(gateway, typeof wanted === 'string' ? wanted : null);
  if (choice === null) return;
  const { addFilledProviderTo, addLocalTo, addProviderTo, apiNamesIn, blanksIn, freeName } =
    await import('../expertise.ts');
  const place = await addingSource(catalogue, 'apis');
  if (place === null) return;
  const { file, text } = place;
  const taken = [...apiNamesIn(text), ...parts.traffic.apis.map(({ name }) => name)];
  if (choice.kind === 'local') {
    const { server } = choice;
    const name = freeName(server.provider, taken);
    await saveText(file, text, addLocalTo(text, name, server));
    tellAdded(server.title, `${name}/${server.models[0] ?? vscode.l10n.t('model')}`, null);
    return;
  }
  const { provider } = choice;
  let url: string | null = provider.url;
  for (const blank of blanksIn(provider.url)) {
    const value = await askForBlank(provider, blank);
    if (value === undefined) return;
    url = url.replaceAll(blank, value);
  }
  const key = provider.env === null ? null : await askForKey(provider);
  if (key === undefined) return;
  const name = freeName(provider.id, taken);
  const filled = provider.known && url !== provider.url;
  const after = filled ? addFilledProviderTo(text, name, provider, url) : addProviderTo(text, name, provider, url);
  if (key !== null) {
    const secret = { type: 'key', value: key } as const;
    await parts.secrets.save(name, secret);
    await gateway.setSecret(name, secret);
  }
  await saveText(file, text, after);
  const check = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Trying {0}…', provider.title) },
    () => checked(gateway, name),
  );
  tellAdded(provider.title, `${name}/${await modelOf(gateway, name)}`, check);
}

/** Fetches the newest list of models, which Tollgate does only when asked. */
export async function refreshModels(parts: Parts): Promise<void> {
  const gateway = await parts.gateway.start();
  const source = await gateway.modelsSource();
  const fetchIt = vscode.l10n.t('Fetch');
  const consent = await vscode.window.showInformationMessage(
    vscode.l10n.t('Fetch the list of models and prices from {0}?', source),
    {
      modal: true,
      detail: vscode.l10n.t(
        'Nothing about you or this folder is sent. The list is kept for this folder, and counts where it is newer than the one that came with Tollgate.',
      ),
    },
    fetchIt,
  );
  if (consent !== fetchIt) return;
  const found = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Fetching {0}…', source) },
    () => gateway.refreshModels(),
  );
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The list of {0} has {1} models of {2} providers.', found.date, found.models, found.providers),
  );
}

async function pickProvider(gateway: GatewayApi, wanted: string | null): Promise<Choice | null> {
  if (wanted !== null) {
    const provider = (await gateway.modelProviders()).find(({ id }) => id === wanted);
    return provider === undefined ? null : { kind: 'provider', provider };
  }
  const picked = await vscode.window.showQuickPick(itemsOf(gateway), {
    title: vscode.l10n.t('Add a provider of models'),
    placeHolder: vscode.l10n.t('Whose models?'),
    matchOnDescription: true,
  });
  return picked?.choice ?? null;
}

interface ProviderItem extends vscode.QuickPickItem {
  readonly choice: Choice | null;
}

async function itemsOf(gateway: GatewayApi): Promise<readonly ProviderItem[]> {
  const [servers, providers] = await Promise.all([gateway.localModels(), gateway.modelProviders()]);
  const separator = (label: string): ProviderItem => ({
    label,
    kind: vscode.QuickPickItemKind.Separator,
    choice: null,
  });
  const local = servers.map((server): ProviderItem => ({
    label: `$(vm) ${server.title}`,
    description: `${server.url} · ${vscode.l10n.t('{0} models', server.models.length)}`,
    choice: { kind: 'local', server },
  }));
  const others = providers
    .filter(({ id }) => !servers.some(({ provider }) => provider === id))
    .map((provider): ProviderItem => ({
      label: provider.title,
      description:
        provider.models === 0 ? provider.url : `${provider.url} · ${vscode.l10n.t('{0} models', provider.models)}`,
      choice: { kind: 'provider', provider },
    }));
  return [
    ...(local.length === 0 ? [] : [separator(vscode.l10n.t('On this machine')), ...local]),
    separator(vscode.l10n.t('Providers')),
    ...others,
  ];
}

async function askForBlank(provider: AddableProvider, blank: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Add {0}', provider.title),
    prompt: vscode.l10n.t('What stands for {0} in {1}', blank, provider.url),
    ignoreFocusOut: true,
    validateInput: (value) =>
      /^[\w.-]+$/.test(value) ? undefined : vscode.l10n.t('Use letters, digits, dots, hyphens and underscores.'),
  });
}

/** Undefined where the person changed his mind. */
async function askForKey(provider: AddableProvider): Promise<string | undefined> {
  const title = vscode.l10n.t('API key of {0}', provider.title);
  return askForSecret(title, vscode.l10n.t('Kept in VS Code’s secret storage, never in a file.'), true);
}

const patience = 5000;

/** The gateway hears of a changed file a moment later. */
async function checked(gateway: GatewayApi, name: string): Promise<ModelCheck> {
  for (const end = Date.now() + patience; ;) {
    try {
      return await gateway.checkModels(name);
    } catch (error) {
      if (!(error instanceof ChannelError && error.code === 'unknown_api') || Date.now() > end) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

async function modelOf(gateway: GatewayApi, name: string): Promise<string> {
  const known = (await gateway.models()).find(({ api }) => api === name);
  return known?.id ?? vscode.l10n.t('model');
}

function tellAdded(title: string, model: string, check: ModelCheck | null): void {
  if (check?.state === 'refused') {
    const set = vscode.l10n.t('Set Credential…');
    const message = vscode.l10n.t('{0} is in tollgate.jsonc, but does not take the key. {1}', title, check.message);
    void vscode.window.showWarningMessage(message, set).then((pressed) => {
      if (pressed === set) void vscode.commands.executeCommand('tollgate.setCredential', model.split('/', 1)[0]);
    });
    return;
  }
  const tried =
    check === null || check.state === 'works'
      ? ''
      : ` ${vscode.l10n.t('Whether its key works could not be told: {0}', check.message)}`;
  void vscode.window.showInformationMessage(
    vscode.l10n.t('{0} is ready. Programs name its models as "{1}" at the gateway’s /v1.', title, model) + tried,
  );
}

import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { ApiStatus } from '../../shared/protocol.ts';
import type { Parts } from '../parts.ts';
import { credentialLabel } from '../views/apiLabels.ts';

/** Which API a command is about. */
export interface ApiQuestion {
  /** The name, where the command was given one. */
  readonly name: string | null;
  readonly placeHolder: string;
  /** APIs that come into question. */
  readonly among: (api: ApiStatus) => boolean;
  /** Said where there is none. */
  readonly none: string;
}

/** The API named or, where several come into question, picked; null where the person changed his mind. */
export async function pickApi(
  parts: Parts,
  { name, placeHolder, among, none }: ApiQuestion,
): Promise<ApiStatus | null> {
  const apis = await (await parts.gateway.start()).apis();
  if (name !== null) {
    const named = apis.find((api) => api.name === name);
    if (named === undefined)
      throw new ChannelError('unknown_api', vscode.l10n.t('tollgate.jsonc declares no API "{0}".', name));
    return named;
  }
  const candidates = apis.filter(among);
  const [first] = candidates;
  if (first === undefined) throw new ChannelError('no_api', none);
  if (candidates.length === 1) return first;
  const picked = await vscode.window.showQuickPick(
    candidates.map((api) => ({ label: api.title, description: api.name, detail: credentialLabel(api), api })),
    { placeHolder, matchOnDescription: true },
  );
  return picked?.api ?? null;
}

import * as vscode from 'vscode';
import type { ListedModel } from '../../shared/models.ts';
import type { ApiStatus } from '../../shared/protocol.ts';

/** Models that can be called now, for a list to pick from: those of the API that was called last come first. */
export function modelItems(
  models: readonly ListedModel[],
  apis: readonly Pick<ApiStatus, 'name' | 'lastAt'>[],
): readonly vscode.QuickPickItem[] {
  const called = new Map(apis.map(({ name, lastAt }) => [name, lastAt ?? 0]));
  const rank = ({ api, id }: ListedModel): number => (id.startsWith('~') ? -1 : (called.get(api ?? '') ?? 0));
  return models
    .filter(({ ready }) => ready)
    .sort((one, other) => rank(other) - rank(one))
    .map(({ name, price }) => ({
      label: name,
      description:
        price === null ? vscode.l10n.t('unpriced') : vscode.l10n.t('${0} in, ${1} out', price.input, price.output),
    }));
}

import * as vscode from 'vscode';
import type { ListedModel } from '../../shared/models.ts';
import type { ApiStatus } from '../../shared/protocol.ts';

/** The row of an API that opens the list of its models. */
export function modelsItem({ name, models = 0 }: ApiStatus): vscode.TreeItem {
  const label = models === 1 ? vscode.l10n.t('1 model') : vscode.l10n.t('{0} models', models);
  const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.Collapsed);
  item.id = `api/${name}/models`;
  item.description = vscode.l10n.t('named as {0}/…', name);
  item.iconPath = new vscode.ThemeIcon('sparkle');
  item.contextValue = 'fact.models';
  item.tooltip = vscode.l10n.t('Programs name them at the gateway’s /v1, in the formats of OpenAI and Anthropic.');
  return item;
}

/** The row of one model. */
export function modelItem({ name, id, context, output, input, reasoning, price }: ListedModel): vscode.TreeItem {
  const item = new vscode.TreeItem(id);
  item.id = `model/${name}`;
  const money =
    price === null ? vscode.l10n.t('unpriced') : vscode.l10n.t('${0} in, ${1} out', price.input, price.output);
  item.description = [...(context === null ? [] : [short(context)]), money].join(' · ');
  item.iconPath = new vscode.ThemeIcon(reasoning ? 'lightbulb' : 'comment');
  item.contextValue = 'model';
  const limits = [
    ...(context === null ? [] : [vscode.l10n.t('{0} tokens of conversation', context.toLocaleString())]),
    ...(output === null ? [] : [vscode.l10n.t('{0} tokens of answer', output.toLocaleString())]),
    ...(input.length === 0 ? [] : [vscode.l10n.t('takes {0}', input.join(', '))]),
    ...(price === null ? [] : [vscode.l10n.t('{0} for a million tokens', money)]),
  ];
  item.tooltip = [name, ...limits].join('\n');
  item.accessibilityInformation = { label: `${id}, ${item.description}` };
  return item;
}

function short(tokens: number): string {
  return tokens >= 1_000_000
    ? `${String(Math.round(tokens / 100_000) / 10)}M`
    : `${String(Math.round(tokens / 1000))}k`;
}

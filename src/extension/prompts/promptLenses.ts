import * as vscode from 'vscode';
import type { PromptCheck } from '../../shared/prompts.ts';
import type { Parts } from '../parts.ts';
import { isPromptFile, promptSelector, type PromptBook } from './promptFiles.ts';

/** Shows above a prompt file what can be done with it, and what it has cost. */
export function registerPromptLenses(parts: Parts, book: PromptBook): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    changed,
    book.onDidChange(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(promptSelector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => {
        if (!isPromptFile(document, parts)) return [];
        book.want(document);
        return lensesOf(document.uri, book.check(document.uri));
      },
    }),
  );
}

function lensesOf(uri: vscode.Uri, check: PromptCheck | null): vscode.CodeLens[] {
  const lens = (title: string, command: string, tooltip: string): vscode.CodeLens =>
    new vscode.CodeLens(new vscode.Range(0, 0, 0, 0), {
      title: title.replaceAll(') ', ')\u00a0'),
      tooltip,
      command: `tollgate.${command}`,
      arguments: [uri],
    });
  const run = [
    lens(
      vscode.l10n.t('$(play) Run'),
      'runPrompt',
      vscode.l10n.t('Ask for the variables, and show what the model says'),
    ),
    lens(
      vscode.l10n.t('$(split-horizontal) Compare…'),
      'comparePrompt',
      vscode.l10n.t('Run it with several models, side by side'),
    ),
  ];
  if (check?.prompt == null) return run;
  const { published, name, url } = check.prompt;
  const serving = published
    ? [
        lens(vscode.l10n.t('$(link) Copy URL'), 'copyPromptUrl', vscode.l10n.t('Programs call it as POST {0}', url)),
        lens(
          vscode.l10n.t('$(terminal) cURL'),
          'copyPromptCurl',
          vscode.l10n.t('A command for a terminal of this window'),
        ),
      ]
    : [
        lens(
          vscode.l10n.t('$(cloud-upload) Publish'),
          'publishPrompt',
          vscode.l10n.t('Serve it as POST /prompts/{0}', name),
        ),
      ];
  return [
    ...run,
    ...serving,
    lens(`$(credit-card) ${spentText(check.spent)}`, 'showPromptCalls', vscode.l10n.t('Show its calls in the log')),
  ];
}

/** As in `$0.0036 in 2 calls`. */
export function spentText({ calls, costUsd }: PromptCheck['spent']): string {
  if (calls === 0) return vscode.l10n.t('no calls yet');
  const money = costUsd === null ? vscode.l10n.t('unpriced') : dollars(costUsd);
  return calls === 1 ? vscode.l10n.t('{0} in 1 call', money) : vscode.l10n.t('{0} in {1} calls', money, calls);
}

/** Two digits that mean something, at least. */
export function dollars(usd: number): string {
  if (usd >= 1 || usd === 0) return `$${usd.toFixed(2)}`;
  return `$${Number(usd.toPrecision(2)).toFixed(10).replace(/0+$/, '')}`;
}

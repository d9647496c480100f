import * as vscode from 'vscode';
import type { StepState } from '../../shared/troubleshooting.ts';
import { gatherFacts } from '../capture/gatherFacts.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';

interface CheckItem extends vscode.QuickPickItem {
  readonly run: (() => Thenable<unknown>) | null;
}

const icons: Readonly<Record<StepState, string>> = {
  running: '$(loading~spin)',
  ok: '$(pass)',
  problem: '$(error)',
  unknown: '$(question)',
  needsYou: '$(info)',
};

/** Checks each link from a program's call to its squiggle, says what is wrong, and mends what is picked. */
export async function whyNothing(parts: Parts): Promise<void> {
  const list = vscode.window.createQuickPick<CheckItem>();
  list.title = vscode.l10n.t('Why Is Nothing Captured?');
  list.placeholder = vscode.l10n.t('Checking each link from the call to the squiggle…');
  list.busy = true;
  list.matchOnDetail = true;
  list.ignoreFocusOut = true;
  list.onDidHide(() => list.dispose());
  list.onDidAccept(() => {
    const [chosen] = list.activeItems;
    if (chosen === undefined) return;
    if (chosen.run === null) return;
    list.hide();
    void chosen.run();
  });
  list.show();
  const { captureChecks, captureConclusion } = await import('../expertise.ts');
  const checks = captureChecks(await gatherFacts(parts));
  list.busy = false;
  list.placeholder = localise(captureConclusion(checks));
  const items = checks.map(({ title, state, sentence, remedy }): CheckItem => ({
    label: `${icons[state]} ${localise(title)}`,
    ...(remedy === null || state === 'ok' ? {} : { description: `→ ${localise(remedy.title)}` }),
    detail: localise(sentence),
    run:
      remedy === null
        ? null
        : () =>
            remedy.command === 'tollgate.newTerminal'
              ? vscode.commands.executeCommand('workbench.action.terminal.new')
              : vscode.commands.executeCommand(remedy.command, ...remedy.args),
  }));
  list.items = [
    ...items,
    { label: '', kind: vscode.QuickPickItemKind.Separator, run: null },
    {
      label: `$(refresh) ${vscode.l10n.t('Check again')}`,
      alwaysShow: true,
      run: () => vscode.commands.executeCommand('tollgate.whyNothing'),
    },
    {
      label: `$(clippy) ${vscode.l10n.t('Copy what was found')}`,
      alwaysShow: true,
      run: () =>
        vscode.env.clipboard.writeText(
          checks.map((one) => `${one.state}: ${localise(one.title)}. ${localise(one.sentence)}`).join('\n'),
        ),
    },
  ];
  const wrong = checks.findIndex(({ state }) => state === 'problem' || state === 'needsYou');
  list.activeItems = items.slice(Math.max(0, wrong), Math.max(0, wrong) + 1);
}

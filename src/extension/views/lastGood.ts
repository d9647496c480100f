import * as vscode from 'vscode';
import type { CatalogueProblem } from '../../shared/catalogue.ts';

/** What a tree says above its rows while the configuration has errors: what is shown is older than the file. Or ''. */
export function lastGood(problems: readonly CatalogueProblem[]): string {
  return problems.some(({ severity }) => severity === 'error')
    ? vscode.l10n.t(
        'tollgate.jsonc has errors, listed under Problems. Until they are mended, what was valid last stays in force.',
      )
    : '';
}

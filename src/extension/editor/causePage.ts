import * as vscode from 'vscode';
import { causeMarkdown } from '../../shared/causePages.ts';
import { causes, type Cause } from '../../shared/finding.ts';
import { localise } from '../localise.ts';

/** The manifest opens documents of this scheme as rendered Markdown. */
const scheme = 'tollgate-docs';

/** The page about a cause, to which the code of each diagnostic links. */
export function causePageUri(cause: Cause): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${cause}.md` });
}

/** Serves the pages about causes. */
export function registerCausePages(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => {
      const cause = causes.find((one) => path === `/${one}.md`);
      return cause === undefined ? vscode.l10n.t('There is no such page.') : causeMarkdown(cause, localise);
    },
  });
}

import * as vscode from 'vscode';
import { causeMarkdown } from '../../shared/causePages.ts';
import { causes, type Cause } from '../../shared/finding.ts';
import { warningKinds, type WarningKind } from '../../shared/warning.ts';
import { warningMarkdown } from '../../shared/warningPages.ts';
import { localise } from '../localise.ts';

/** The manifest opens documents of this scheme as rendered Markdown. */
const scheme = 'tollgate-docs';

/** The page about a cause or a warning, to which the code of each diagnostic links. */
export function causePageUri(code: Cause | WarningKind): vscode.Uri {
  return vscode.Uri.from({ scheme, path: `/${code}.md` });
}

/** Serves the pages about causes and warnings. */
export function registerCausePages(): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(scheme, {
    provideTextDocumentContent: ({ path }) => {
      const cause = causes.find((one) => path === `/${one}.md`);
      if (cause !== undefined) return causeMarkdown(cause, localise);
      const kind = warningKinds.find((one) => path === `/${one}.md`);
      return kind === undefined ? vscode.l10n.t('There is no such page.') : warningMarkdown(kind, localise);
    },
  });
}

import * as vscode from 'vscode';
import { causeMarkdown } from '../../shared/causePages.ts';
import { causes, type Cause } from '../../shared/finding.ts';
import { warningKinds, type WarningKind } from '../../shared/warning.ts';
import { warningMarkdown } from '../../shared/warningPages.ts';
import { localise } from '../localise.ts';
import type { Parts } from '../parts.ts';
import { clientsPageUri, docsScheme } from './docsPages.ts';

/** The page about a cause or a warning, to which the code of each diagnostic links. */
export function causePageUri(code: Cause | WarningKind): vscode.Uri {
  return vscode.Uri.from({ scheme: docsScheme, path: `/${code}.md` });
}

/** Serves the pages about causes, warnings and clients. */
export function registerCausePages(parts: Parts): vscode.Disposable {
  return vscode.workspace.registerTextDocumentContentProvider(docsScheme, {
    provideTextDocumentContent: async ({ path }) => {
      if (path === clientsPageUri.path) return (await import('../desk.ts')).clientsMarkdown(parts);
      const cause = causes.find((one) => path === `/${one}.md`);
      if (cause !== undefined) return causeMarkdown(cause, localise);
      const kind = warningKinds.find((one) => path === `/${one}.md`);
      return kind === undefined ? vscode.l10n.t('There is no such page.') : warningMarkdown(kind, localise);
    },
  });
}

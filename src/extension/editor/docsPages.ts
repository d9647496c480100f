import * as vscode from 'vscode';

/** The manifest opens documents of this scheme as rendered Markdown. */
export const docsScheme = 'tollgate-docs';

/** The page about what each client needs to go through the gateway. */
export const clientsPageUri = vscode.Uri.from({ scheme: docsScheme, path: '/clients.md' });

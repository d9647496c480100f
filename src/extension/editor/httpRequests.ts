import * as vscode from 'vscode';

/** Shows above each request of an `.http` document that it can be sent. */
export function registerHttpRequests(): vscode.Disposable {
  return vscode.languages.registerCodeLensProvider(
    { language: 'http' },
    {
      provideCodeLenses: async (document) => {
        // Exchanges are shown in this language too.
        if (document.uri.scheme === 'tollgate') return [];
        const { parseHttpFile } = await import('../expertise.ts');
        return parseHttpFile(document.getText()).requests.map(
          ({ line }) =>
            new vscode.CodeLens(new vscode.Range(line, 0, line, 0), {
              title: `$(play)\u00a0${vscode.l10n.t('Send through Tollgate')}`,
              tooltip: vscode.l10n.t('Send this request as a new call, with the stored credential where it names none'),
              command: 'tollgate.sendHttpRequest',
              arguments: [document.uri, line],
            }),
        );
      },
    },
  );
}

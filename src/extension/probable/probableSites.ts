import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';

/** Looks for the lines of findings that came without one, each once for each new call. */
export function registerProbableSites({ traffic, callSites, output }: Parts): vscode.Disposable {
  const searched = new Map<string, string>();
  let turn: Promise<void> = Promise.resolve();

  const look = (): void => {
    for (const { key, callSite, exchangeId } of traffic.findings) {
      const isOurs = callSite === null || callSite.certainty === 'search';
      if (!isOurs || searched.get(key) === exchangeId) continue;
      searched.set(key, exchangeId);
      turn = turn
        .then(() => search(key))
        .catch((error: unknown) => output.warn('The workspace was not searched for a call.', String(error)));
    }
  };
  const search = async (key: string): Promise<void> => {
    const finding = traffic.finding(key);
    if (finding === undefined) return;
    const row = traffic.rows.find(({ id }) => id === finding.exchangeId);
    const { searchForCall } = await import('../captureTools.ts');
    traffic.probable.file(key, await searchForCall({ ...finding, origin: row?.origin ?? null }));
  };

  look();
  return vscode.Disposable.from(
    traffic.onDidChangeFindings(look),
    callSites.onDidSave(({ file, toLine }) => traffic.probable.moveLines(file, toLine)),
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      // Its text has changed, so that the line may be another now, or no more.
      for (const { key } of traffic.findings)
        if (traffic.probable.candidates(key).some(({ file }) => file === uri.fsPath)) searched.delete(key);
    }),
  );
}

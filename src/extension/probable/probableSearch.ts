import * as vscode from 'vscode';
import type { ExchangeSummary } from '../../shared/exchange.ts';
import type { Candidate } from '../../search/searchText.ts';
import type { Parts } from '../parts.ts';

const mostFiles = 3_000;
const mostBytes = 512 * 1024;

/** Looks through the workspace for the lines that may have made a call; unsaved changes do not count. */
export async function searchForCall(
  call: Pick<ExchangeSummary, 'method' | 'host' | 'path' | 'api' | 'provider' | 'origin'>,
): Promise<readonly Candidate[]> {
  const { passedOverFolders, providerById, providerForHost, searchedExtensions, searchWorkspace } =
    await import('../expertise.ts');
  const uris = await vscode.workspace.findFiles(
    `**/*.{${searchedExtensions.join(',')}}`,
    `**/{${passedOverFolders.join(',')}}/**`,
    mostFiles,
  );
  const files = uris.filter(({ scheme }) => scheme === 'file').map(({ fsPath }) => fsPath);
  const provider = call.provider === null ? providerForHost(call.host) : providerById(call.provider);
  return searchWorkspace({ ...call, provider, program: call.origin?.program ?? null }, { files, read });
}

async function read(file: string): Promise<string | null> {
  const uri = vscode.Uri.file(file);
  try {
    const { size } = await vscode.workspace.fs.stat(uri);
    if (size > mostBytes) return null;
    return new TextDecoder('utf-8', { fatal: true }).decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // It is gone, or no text.
    return null;
  }
}

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

import * as vscode from 'vscode';
import type { ExchangeSummary } from '../../shared/exchange.ts';
import type { Candidate } from '../../search/searchText.ts';

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

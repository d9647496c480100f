import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import * as vscode from 'vscode';
import type { ExchangeSummary } from '../../shared/exchange.ts';
import type { GatewayApi } from '../../shared/protocol.ts';
import { readExchange } from '../exchangeContent.ts';
import type { Parts } from '../parts.ts';

/** Rows that are asked for at a time. */
const pageSize = 500;

interface Progress {
  readonly signal: AbortSignal;
  /** How many rows of how many are written. */
  at(done: number, total: number): void;
}

/** Asks where to, and writes the matching exchanges there as JSON lines or CSV, with progress; it may be broken off. */
export async function exportLines(parts: Parts, filter: string): Promise<void> {
  const folder = parts.home?.folder.uri;
  const name = `tollgate-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.jsonl`;
  const target = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export the log as JSON lines or CSV'),
    filters: { [vscode.l10n.t('JSON lines, with bodies')]: ['jsonl'], [vscode.l10n.t('CSV, a row a call')]: ['csv'] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  const api = await parts.gateway.start();
  const write = target.path.endsWith('.csv') ? csvLines : jsonLines;
  const written = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Exporting the log…'), cancellable: true },
    (progress, token) => {
      const broken = new AbortController();
      token.onCancellationRequested(() => broken.abort());
      let shown = 0;
      return replaceFile(
        target.fsPath,
        write(api, filter, {
          signal: broken.signal,
          at: (done, total) => {
            const percent = total === 0 ? 100 : (done * 100) / total;
            progress.report({ increment: percent - shown, message: vscode.l10n.t('{0} of {1}', done, total) });
            shown = percent;
          },
        }),
        broken.signal,
      );
    },
  );
  if (!written) return;
  const open = vscode.l10n.t('Open');
  const pressed = await vscode.window.showInformationMessage(
    vscode.l10n.t('The log was exported to {0}. Secrets are redacted.', vscode.workspace.asRelativePath(target)),
    open,
  );
  if (pressed === open) await vscode.window.showTextDocument(target);
}

async function* csvLines(api: GatewayApi, filter: string, progress: Progress): AsyncGenerator<string> {
  const { csvHead, csvLine } = await import('../expertise.ts');
  yield csvHead;
  for await (const row of matching(api, filter, progress)) yield csvLine(row);
}

async function* jsonLines(api: GatewayApi, filter: string, progress: Progress): AsyncGenerator<string> {
  const { jsonLine } = await import('../expertise.ts');
  for await (const { id } of matching(api, filter, progress)) {
    const { exchange, request, response } = await readExchange(api, id);
    yield jsonLine(exchange, request, response);
  }
}

/** All rows that match, newest first, a page at a time. */
async function* matching(api: GatewayApi, filter: string, progress: Progress): AsyncGenerator<ExchangeSummary> {
  let before: number | null = null;
  let done = 0;
  const { total } = await api.exchanges({ filter, limit: 0 });
  for (;;) {
    const { rows }: { readonly rows: readonly ExchangeSummary[] } = await api.exchanges({
      filter,
      limit: pageSize,
      total: false,
      ...(before === null ? {} : { before }),
    });
    for (const row of rows) {
      progress.signal.throwIfAborted();
      yield row;
      done += 1;
    }
    progress.at(done, Math.max(done, total));
    const last = rows.at(-1);
    if (last === undefined) return;
    before = last.number;
  }
}

/** Writes beside the file and puts it in its place at the end. @returns false where it was broken off. */
async function replaceFile(file: string, lines: AsyncIterable<string>, signal: AbortSignal): Promise<boolean> {
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    await pipeline(lines, createWriteStream(temporary, { mode: 0o600 }));
    await rename(temporary, file);
    return true;
  } catch (error) {
    await rm(temporary, { force: true });
    if (signal.aborted) return false;
    throw error;
  }
}

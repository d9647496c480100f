import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { ChannelError } from '../../shared/channel.ts';
import type { SaveSession } from '../../shared/sessions.ts';
import type { Parts } from '../parts.ts';

/** What session files end in. */
const ending = 'tollgate';

/** Shows the calls of a HAR or session file in the log, for reading only. Without a file, asks which. */
export async function openSession(parts: Parts, file: unknown): Promise<void> {
  const chosen = file instanceof vscode.Uri ? file : await pickFile(parts);
  if (chosen === undefined) return;
  const folder = parts.home?.folder.uri.fsPath;
  const api = await parts.gateway.start();
  const session = await asJob(parts, vscode.l10n.t('Reading {0}…', vscode.workspace.asRelativePath(chosen)), (job) =>
    api.openSession({ file: chosen.fsPath, job, ...(folder === undefined ? {} : { folder }) }),
  );
  if (session !== null) parts.panel.show({ session: session.id });
}

async function pickFile({ home }: Parts): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Open calls of a file'),
    filters: { [vscode.l10n.t('HAR or Tollgate session')]: ['har', ending, 'json', 'gz'] },
    ...(home === null ? {} : { defaultUri: home.folder.uri }),
  });
  return picked?.[0];
}

/** Asks where to, and writes matching calls there: as HAR 1.2, or as a session file for a colleague. */
export async function saveCalls(parts: Parts, filter: string, format: SaveSession['format']): Promise<void> {
  const folder = parts.home?.folder.uri;
  const name = `tollgate-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${format === 'har' ? 'har' : ending}`;
  const target = await vscode.window.showSaveDialog({
    title: format === 'har' ? vscode.l10n.t('Export the log as HAR') : vscode.l10n.t('Save calls for a colleague'),
    filters: format === 'har' ? { HAR: ['har'] } : { [vscode.l10n.t('Tollgate session')]: [ending] },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (target === undefined) return;
  const api = await parts.gateway.start();
  const count = await asJob(parts, vscode.l10n.t('Exporting the log…'), (job) =>
    api.saveSession({
      ...{ file: target.fsPath, filter, format, job },
      ...(folder === undefined ? {} : { folder: folder.fsPath }),
    }),
  );
  if (count === null) return;
  const open = vscode.l10n.t('Open');
  const written = vscode.workspace.asRelativePath(target);
  const pressed = await vscode.window.showInformationMessage(
    count === 1
      ? vscode.l10n.t('1 call was written to {0}. Secrets are redacted.', written)
      : vscode.l10n.t('{0} calls were written to {1}. Secrets are redacted.', count, written),
    open,
  );
  if (pressed !== open) return;
  if (format === 'har') await vscode.window.showTextDocument(target);
  else await openSession(parts, target);
}

/** Runs long work of the gateway with its progress; null where somebody broke it off. */
async function asJob<T>(parts: Parts, title: string, work: (job: string) => Promise<T>): Promise<T | null> {
  const job = randomUUID();
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      let shown = 0;
      const subscriptions = [
        parts.gateway.onDidProgress((told) => {
          if (told.job !== job || told.total === 0) return;
          const percent = (told.done * 100) / told.total;
          progress.report({ increment: percent - shown });
          shown = percent;
        }),
        token.onCancellationRequested(() => void parts.gateway.api.cancelJob(job)),
      ];
      try {
        return await work(job);
      } catch (error) {
        if (error instanceof ChannelError && error.code === 'cancelled') return null;
        throw error;
      } finally {
        for (const subscription of subscriptions) subscription.dispose();
      }
    },
  );
}

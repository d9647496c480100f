import { mkdtempSync, rmSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ChannelError } from '../../shared/channel.ts';
import type { ImportedSession } from '../../shared/sessions.ts';
import { createPricing } from '../cost/pricing.ts';
import { createRedactor } from '../redact/redactor.ts';
import type { RedactionRules } from '../parts.ts';
import { openDatabase } from '../store/database.ts';
import { createQueries, type Queries } from '../store/queries.ts';
import { createStore } from '../store/store.ts';
import { importCalls } from './importCalls.ts';

/** Calls from a file in a store of their own, which goes when it is closed. */
export interface OpenedSession {
  readonly session: ImportedSession;
  readonly queries: Queries;
  /** Where its store is. */
  readonly directory: string;
  close(): void;
}

export interface SessionSource {
  readonly id: string;
  readonly file: string;
  readonly folder: string | null;
  readonly redaction: RedactionRules;
  readonly bodyLimit: number;
  readonly signal: AbortSignal;
  readonly onRead: (done: number, total: number) => void;
}

/** Reads a file. Fails with `no_file`, `not_a_session` or `cancelled`; nothing is left behind then. */
export async function openSessionFile(source: SessionSource): Promise<OpenedSession> {
  const { file, onRead } = source;
  const size = await sizeOf(file);
  const directory = mkdtempSync(path.join(tmpdir(), 'tollgate-calls-'));
  const database = openDatabase(directory, Date.now(), () => undefined);
  const close = (): void => {
    database.close();
    rmSync(directory, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    const session = await importCalls({
      ...source,
      store: createStore(database),
      redactor: createRedactor(source.redaction, () => undefined),
      pricing: createPricing(() => undefined),
      onRead: (read) => onRead(read, size),
    });
    return { session, queries: createQueries(database), directory, close };
  } catch (error) {
    close();
    throw error;
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch(() => null);
  if (found?.isFile() !== true) throw new ChannelError('no_file', `There is no file ${file}.`);
  return found.size;
}

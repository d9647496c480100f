import path from 'node:path';
import { headerValue, type ExchangeId, type ExchangeSummary } from '../../shared/exchange.ts';
import type { Side } from '../../shared/protocol.ts';
import type { GatewaySettings } from '../../shared/settings.ts';
import { createBodyFiles, type BodyFiles, type KeptFile } from '../bodyFiles/bodyFileThread.ts';
import { bodyFolderName } from '../bodyFiles/bodyFileTable.ts';
import type { RedactionRules } from '../parts.ts';
import type { Keeping } from './openExchange.ts';

/** A finished file, and whose body is in it. */
export interface LongBody extends KeptFile {
  readonly id: ExchangeId;
  readonly side: Side;
}

export interface LongBodyOptions {
  readonly dataDirectory: string;
  readonly redaction: RedactionRules;
  readonly settings: () => GatewaySettings;
  /** Notes the file; null where its exchange is gone, and the file with it. */
  readonly keep: (kept: LongBody) => ExchangeSummary | null;
  readonly onKept: (row: ExchangeSummary) => void;
}

/** Opens files for bodies that are longer than what a row holds. */
export interface LongBodies extends Pick<BodyFiles, 'configure' | 'close'> {
  readonly open: NonNullable<Keeping['openFile']>;
}

export function openLongBodies({ dataDirectory, redaction, settings, keep, onKept }: LongBodyOptions): LongBodies {
  const owners = new Map<string, Pick<LongBody, 'id' | 'side'>>();
  let count = 0;
  const files = createBodyFiles({ folder: path.join(dataDirectory, bodyFolderName), redaction }, (kept) => {
    const owner = owners.get(kept.file);
    owners.delete(kept.file);
    const row = owner === undefined ? null : keep({ ...kept, ...owner });
    if (row !== null) onKept(row);
  });
  return {
    open: (id, side, headers) => {
      const { maxBodyBytes, bodyFileBytes } = settings();
      // Who wants no bodies wants no files of them.
      if (maxBodyBytes === 0 || bodyFileBytes === 0) return null;
      const file = `${id}-${side}-${(++count).toString(36)}`;
      owners.set(file, { id, side });
      return files.open(file, headerValue(headers, 'content-type') ?? null, bodyFileBytes);
    },
    configure: (rules) => files.configure(rules),
    close: () => files.close(),
  };
}

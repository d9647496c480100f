import type { WarningBoard, WarningSettings } from '../../shared/warning.ts';
import { WarningDesk } from '../warnings/warningDesk.ts';
import { createWatch, type Watch } from '../warnings/watch.ts';
import type { StoreSession } from './storeSession.ts';

export interface OpenWatchOptions {
  readonly session: StoreSession;
  readonly settings: () => WarningSettings;
  readonly onChanged: (board: WarningBoard) => void;
}

/** A watch over what calls use up, with the memory and the sums of the store. */
export function openWatch({ session, settings, onChanged }: OpenWatchOptions): Watch {
  const desk = new WarningDesk({
    kept: session.kept((warnings) => warnings.load(Date.now())) ?? { gauges: [], mutes: [] },
    settings,
    spending: (query) => {
      try {
        return session.query((queries) => queries.spending(query));
      } catch {
        // A store that cannot answer just now must not end the recording; the next look asks again.
        return [];
      }
    },
    onChanged,
  });
  return createWatch({
    desk,
    keepGauges: (gauges) => void session.kept((warnings) => warnings.saveGauges(gauges)),
    keepMutes: (mutes) => void session.kept((warnings) => warnings.saveMutes(mutes)),
  });
}

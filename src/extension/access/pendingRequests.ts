import type { AccessBoard, Subscription } from '../../shared/access.ts';

/** The requests that wait for a decision. */
export function pendingOf(board: AccessBoard): readonly Subscription[] {
  return board.subscriptions.filter(({ state }) => state === 'requested');
}

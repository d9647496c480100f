import type { AccessBoard, LimitState } from '../../shared/access.ts';
import { pendingOf } from './pendingRequests.ts';

/** A node of the access view. Commands get it as their argument. */
export type AccessNode =
  | { readonly kind: 'pending' }
  | { readonly kind: 'budgets' }
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'application'; readonly application: string }
  | { readonly kind: 'subscription'; readonly id: string; readonly queue: boolean }
  | { readonly kind: 'key'; readonly id: string }
  | { readonly kind: 'limit'; readonly id: string };

/** What is under a node; under none, what is at the top: requests that wait first, then teams, then shared budgets. */
export function accessChildren(board: AccessBoard, node: AccessNode | undefined): AccessNode[] {
  if (node === undefined) {
    const shared = board.limits.some(isShared);
    return [
      ...(pendingOf(board).length > 0 ? [{ kind: 'pending' } as const] : []),
      ...board.teams.map(({ name }): AccessNode => ({ kind: 'team', team: name })),
      ...(shared ? [{ kind: 'budgets' } as const] : []),
    ];
  }
  switch (node.kind) {
    case 'pending':
      return pendingOf(board).map(({ id }) => ({ kind: 'subscription', id, queue: true }));
    case 'budgets':
      return board.limits.filter(isShared).map(({ id }) => ({ kind: 'limit', id }));
    case 'team':
      return [
        ...board.applications
          .filter(({ team }) => team === node.team)
          .map(({ name }): AccessNode => ({ kind: 'application', application: name })),
        ...limitsWhere(board, ({ scope }) => scope.team === node.team && scope.application === undefined),
      ];
    case 'application':
      return [
        ...board.subscriptions
          .filter(({ application }) => application === node.application)
          .map(({ id }): AccessNode => ({ kind: 'subscription', id, queue: false })),
        ...board.keys
          .filter(({ application, state }) => application === node.application && state !== 'revoked')
          .map(({ id }): AccessNode => ({ kind: 'key', id })),
        ...limitsWhere(
          board,
          ({ kind, scope }) => kind === 'budget' && scope.application === node.application && scope.key === undefined,
        ),
      ];
    case 'subscription':
      return node.queue ? [] : limitsWhere(board, ({ kind, source }) => kind === 'quota' && source === node.id);
    case 'key':
      return limitsWhere(board, ({ scope }) => scope.key === node.id);
    case 'limit':
      return [];
  }
}

/** The node above; undefined for those at the top. */
export function accessParent(board: AccessBoard, node: AccessNode): AccessNode | undefined {
  switch (node.kind) {
    case 'application': {
      const team = board.applications.find(({ name }) => name === node.application)?.team;
      return team === undefined ? undefined : { kind: 'team', team };
    }
    case 'subscription': {
      if (node.queue) return { kind: 'pending' };
      const application = board.subscriptions.find(({ id }) => id === node.id)?.application;
      return application === undefined ? undefined : { kind: 'application', application };
    }
    case 'key': {
      const application = board.keys.find(({ id }) => id === node.id)?.application;
      return application === undefined ? undefined : { kind: 'application', application };
    }
    case 'pending':
    case 'budgets':
    case 'team':
    case 'limit':
      return undefined;
  }
}

function limitsWhere(board: AccessBoard, wanted: (limit: LimitState) => boolean): AccessNode[] {
  return board.limits.filter(wanted).map(({ id }) => ({ kind: 'limit', id }));
}

/** Whether a budget is nobody's in particular. */
function isShared({ kind, scope }: LimitState): boolean {
  return kind === 'budget' && scope.team === undefined && scope.application === undefined && scope.key === undefined;
}

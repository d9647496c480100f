import type { AccessBoard, LimitState, Subscription } from '../../shared/access.ts';
import { pendingOf } from './pendingRequests.ts';

/** Where in the view a subscription stands: among those that wait, under its application, or under its API. */
export type SubscriptionPlace = 'queue' | 'application' | 'api';

/** A node of the access view. Commands get it as their argument. */
export type AccessNode =
  | { readonly kind: 'pending' }
  | { readonly kind: 'offers' }
  | { readonly kind: 'plans' }
  | { readonly kind: 'budgets' }
  | { readonly kind: 'team'; readonly team: string }
  | { readonly kind: 'application'; readonly application: string }
  | { readonly kind: 'offer'; readonly api: string }
  | { readonly kind: 'plan'; readonly plan: string }
  | { readonly kind: 'subscription'; readonly id: string; readonly place: SubscriptionPlace }
  | { readonly kind: 'key'; readonly id: string }
  | { readonly kind: 'limit'; readonly id: string };

/** What is under a node; under none, what is at the top: requests that wait first, then teams, then what is nobody's. */
export function accessChildren(board: AccessBoard, node: AccessNode | undefined): AccessNode[] {
  if (node === undefined)
    return [
      ...(pendingOf(board).length > 0 ? [{ kind: 'pending' } as const] : []),
      ...board.teams.map(({ name }): AccessNode => ({ kind: 'team', team: name })),
      ...(board.apis.some(({ owner }) => owner === null) ? [{ kind: 'offers' } as const] : []),
      ...(board.plans.length > 0 ? [{ kind: 'plans' } as const] : []),
      ...(board.limits.some(isShared) ? [{ kind: 'budgets' } as const] : []),
    ];
  switch (node.kind) {
    case 'pending':
      return subscriptionsWhere(board, 'queue', ({ state }) => state === 'requested');
    case 'offers':
      return offersOf(board, null);
    case 'plans':
      return board.plans.map(({ name }) => ({ kind: 'plan', plan: name }));
    case 'budgets':
      return limitsWhere(board, isShared);
    case 'team':
      return [
        ...board.applications
          .filter(({ team }) => team === node.team)
          .map(({ name }): AccessNode => ({ kind: 'application', application: name })),
        ...offersOf(board, node.team),
        ...limitsWhere(board, ({ scope }) => scope.team === node.team && scope.application === undefined),
      ];
    case 'application':
      return [
        ...subscriptionsWhere(board, 'application', ({ application }) => application === node.application),
        ...board.keys
          .filter(({ application, state }) => application === node.application && state !== 'revoked')
          .map(({ id }): AccessNode => ({ kind: 'key', id })),
        ...limitsWhere(
          board,
          ({ kind, scope }) => kind === 'budget' && scope.application === node.application && scope.key === undefined,
        ),
      ];
    case 'offer':
      return subscriptionsWhere(board, 'api', ({ api }) => api === node.api);
    case 'subscription':
      return node.place === 'application'
        ? limitsWhere(board, ({ kind, source }) => kind === 'quota' && source === node.id)
        : [];
    case 'key':
      return limitsWhere(board, ({ scope }) => scope.key === node.id);
    case 'plan':
    case 'limit':
      return [];
  }
}

/** What tells a node from all others. */
export function accessNodeId(node: AccessNode): string {
  switch (node.kind) {
    case 'pending':
    case 'offers':
    case 'plans':
    case 'budgets':
      return node.kind;
    case 'team':
      return `team/${node.team}`;
    case 'application':
      return `application/${node.application}`;
    case 'offer':
      return `offer/${node.api}`;
    case 'plan':
      return `plan/${node.plan}`;
    case 'subscription':
      return `subscription/${node.place}/${node.id}`;
    case 'key':
    case 'limit':
      return `${node.kind}/${node.id}`;
  }
}

/** The node of something that may not be there yet: a request stands first in the queue. @returns null until it is. */
export function accessNodeNow(board: AccessBoard, node: AccessNode): AccessNode | null {
  switch (node.kind) {
    case 'team':
      return board.teams.some(({ name }) => name === node.team) ? node : null;
    case 'application':
      return board.applications.some(({ name }) => name === node.application) ? node : null;
    case 'offer':
      return board.apis.some(({ api }) => api === node.api) ? node : null;
    case 'plan':
      return board.plans.some(({ name }) => name === node.plan) ? node : null;
    case 'subscription': {
      const state = board.subscriptions.find(({ id }) => id === node.id)?.state;
      if (state === undefined) return null;
      return { kind: 'subscription', id: node.id, place: state === 'requested' ? 'queue' : 'application' };
    }
    case 'key':
      return board.keys.some(({ id }) => id === node.id) ? node : null;
    case 'limit':
      return board.limits.some(({ id }) => id === node.id) ? node : null;
    case 'pending':
    case 'offers':
    case 'plans':
    case 'budgets':
      return accessChildren(board, undefined).some(({ kind }) => kind === node.kind) ? node : null;
  }
}

/** The node above; undefined for those at the top. */
export function accessParent(board: AccessBoard, node: AccessNode): AccessNode | undefined {
  const wanted = accessNodeId(node);
  const look = (above: AccessNode | undefined): AccessNode | null | undefined => {
    for (const child of accessChildren(board, above)) {
      if (accessNodeId(child) === wanted) return above;
      const found = look(child);
      if (found !== null) return found;
    }
    return null;
  };
  return look(undefined) ?? undefined;
}

function offersOf(board: AccessBoard, team: string | null): AccessNode[] {
  return board.apis.filter(({ owner }) => owner === team).map(({ api }) => ({ kind: 'offer', api }));
}

function subscriptionsWhere(
  board: AccessBoard,
  place: SubscriptionPlace,
  wanted: (subscription: Subscription) => boolean,
): AccessNode[] {
  return board.subscriptions.filter(wanted).map(({ id }) => ({ kind: 'subscription', id, place }));
}

function limitsWhere(board: AccessBoard, wanted: (limit: LimitState) => boolean): AccessNode[] {
  return board.limits.filter(wanted).map(({ id }) => ({ kind: 'limit', id }));
}

/** Whether a budget is nobody's in particular. */
function isShared({ kind, scope }: LimitState): boolean {
  return kind === 'budget' && scope.team === undefined && scope.application === undefined && scope.key === undefined;
}

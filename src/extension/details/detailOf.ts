import type { AccessBoard } from '../../shared/access.ts';
import type { ApiStatus } from '../../shared/protocol.ts';
import type { AccessNode } from '../access/accessNodes.ts';
import { apiDetail } from './apiDetail.ts';
import type { Detail } from './detail.ts';
import { limitDetail, planDetail } from './planDetail.ts';
import { keyDetail, subscriptionDetail } from './subscriptionDetail.ts';
import { applicationDetail, teamDetail } from './teamDetail.ts';

/** What a page about a node says; null where there is no such thing (any more), or nothing to say. */
export function detailOf(board: AccessBoard, apis: readonly ApiStatus[], node: AccessNode): Detail | null {
  const about = <Thing>(
    thing: Thing | undefined,
    detail: (board: AccessBoard, thing: Thing) => Detail,
  ): Detail | null => (thing === undefined ? null : detail(board, thing));
  switch (node.kind) {
    case 'team':
      return about(
        board.teams.find(({ name }) => name === node.team),
        teamDetail,
      );
    case 'application':
      return about(
        board.applications.find(({ name }) => name === node.application),
        applicationDetail,
      );
    case 'offer':
      return about(
        apis.find(({ name }) => name === node.api),
        apiDetail,
      );
    case 'plan':
      return about(
        board.plans.find(({ name }) => name === node.plan),
        planDetail,
      );
    case 'subscription':
      return about(
        board.subscriptions.find(({ id }) => id === node.id),
        subscriptionDetail,
      );
    case 'key':
      return about(
        board.keys.find(({ id }) => id === node.id),
        keyDetail,
      );
    case 'limit':
      return about(
        board.limits.find(({ id }) => id === node.id),
        limitDetail,
      );
    case 'pending':
    case 'offers':
    case 'plans':
    case 'budgets':
      return null;
  }
}

import type { RouteState, RouteTargetState } from '../../shared/modelRoute.ts';

/** Nodes of the aliases of models in the explorer. */
export type RouteNode =
  | { readonly kind: 'routes'; readonly routes: readonly RouteState[] }
  | { readonly kind: 'route'; readonly route: RouteState }
  | { readonly kind: 'target'; readonly route: RouteState; readonly target: RouteTargetState };

/** The node that holds the aliases, where there are any. */
export function routeNodes(routes: readonly RouteState[]): RouteNode[] {
  return routes.length === 0 ? [] : [{ kind: 'routes', routes }];
}

/** The aliases, and under each its targets in the order in which they are asked. */
export function routeChildren(node: RouteNode): RouteNode[] {
  switch (node.kind) {
    case 'routes':
      return node.routes.map((route) => ({ kind: 'route', route }));
    case 'route':
      return node.route.targets.map((target) => ({ kind: 'target', route: node.route, target }));
    case 'target':
      return [];
  }
}

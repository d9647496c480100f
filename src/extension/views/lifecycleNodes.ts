import type { ApiStatus } from '../../shared/protocol.ts';

/** Nodes of an API's life cycle in the explorer. */
export type LifecycleNode =
  | { readonly kind: 'lifecycle'; readonly name: string }
  | { readonly kind: 'draft'; readonly name: string }
  | { readonly kind: 'version'; readonly name: string; readonly version: string };

/** The node of an API's versions, where it has a description. */
export function lifecycleNodes(api: ApiStatus | undefined): LifecycleNode[] {
  return api?.lifecycle === undefined ? [] : [{ kind: 'lifecycle', name: api.name }];
}

/** The draft, then the versions, the last published first. */
export function lifecycleChildren(api: ApiStatus | undefined): LifecycleNode[] {
  if (api?.lifecycle === undefined) return [];
  const { name } = api;
  return [
    { kind: 'draft', name },
    ...api.lifecycle.versions.map(({ version }): LifecycleNode => ({ kind: 'version', name, version })),
  ];
}

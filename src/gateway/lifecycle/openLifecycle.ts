import path from 'node:path';
import type { LifecycleApi } from '../../shared/lifecycle.ts';
import { createLifecycle, type Lifecycle } from './lifecycle.ts';
import { createLifecycleDesk, type DeskParts } from './lifecycleDesk.ts';
import { workshopThread } from './workshopThread.ts';

/** The life cycle of APIs in a running gateway. */
export interface OpenLifecycle extends Lifecycle {
  /** What one may ask about it. */
  desk(parts: Pick<DeskParts, 'fetch' | 'log' | 'api'>): LifecycleApi;
}

/** Reads nothing until APIs with descriptions are configured. */
export function openLifecycle(
  catalogueFile: string | null,
  gatewayUrl: () => string,
  onChanged: () => void,
): OpenLifecycle {
  const workshop = workshopThread;
  const directory = catalogueFile === null ? '' : path.dirname(catalogueFile);
  const lifecycle = createLifecycle(directory, workshop, gatewayUrl, onChanged);
  return {
    ...lifecycle,
    desk: (parts) =>
      createLifecycleDesk({ ...parts, catalogueFile, workshop, reread: (api, draft) => lifecycle.reread(api, draft) }),
  };
}

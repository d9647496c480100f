import type { Inbound } from './engine.ts';

/** Whether a request may cost anything. To look something up does not, with the vendors whose prices are known. */
export function mayCost({ method, upgrade }: Pick<Inbound, 'method' | 'upgrade'>): boolean {
  return upgrade !== null || !['GET', 'HEAD', 'OPTIONS'].includes(method);
}

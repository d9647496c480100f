import { isRecord } from './checkShape.ts';
import { listOperations } from './operations.ts';

/** One operation, as a call is held against it. */
export interface DescribedRoute {
  /** In upper case. */
  readonly method: string;
  /** As in `/orders/{id}`. */
  readonly template: string;
  readonly id: string | null;
  readonly deprecated: boolean;
}

/** What a description says of calls, and no more: small enough to cross a thread's line. */
export interface RouteTable {
  readonly title: string;
  readonly version: string;
  /** URLs, or paths, before the templates; variables are their defaults. */
  readonly servers: readonly string[];
  readonly routes: readonly DescribedRoute[];
}

/** Takes the routes from a description that was checked. */
export function routeTable(description: Readonly<Record<string, unknown>>): RouteTable {
  const info = isRecord(description.info) ? description.info : {};
  return {
    title: textOf(info.title),
    version: textOf(info.version),
    servers: serversOf(description.servers),
    routes: listOperations(description).map(({ method, template, id, deprecated }) => ({
      method,
      template,
      id,
      deprecated,
    })),
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function serversOf(servers: unknown): readonly string[] {
  return (Array.isArray(servers) ? (servers as readonly unknown[]) : []).flatMap((server) => {
    if (!isRecord(server) || typeof server.url !== 'string') return [];
    const variables = isRecord(server.variables) ? server.variables : {};
    return [
      server.url.replace(/\{([^{}]+)\}/g, (_whole, name: string) => {
        const variable = variables[name];
        return isRecord(variable) ? textOf(variable.default) : '';
      }),
    ];
  });
}

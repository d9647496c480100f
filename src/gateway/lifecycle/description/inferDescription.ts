import type { SampleCall } from '../../../shared/lifecycle.ts';
import { inferTemplates } from './inferTemplates.ts';
import { nothingSeen, see, toSchema, type Seen } from './inferSchema.ts';
import { decoded } from './names.ts';

interface Content {
  readonly types: Map<string, Seen>;
}

interface SeenOperation {
  calls: number;
  withBody: number;
  readonly query: Map<string, { readonly seen: Seen; count: number }>;
  readonly request: Content;
  readonly responses: Map<number, Content>;
}

/** Describes an API by what was called: paths, methods, parameters, schemas. No value of a call gets into it. */
export function inferDescription(
  title: string,
  server: string,
  calls: readonly SampleCall[],
): Readonly<Record<string, unknown>> {
  const templates = inferTemplates(calls.map(({ path }) => pathOf(path)));
  const paths = new Map<string, Map<string, SeenOperation>>();
  for (const call of calls) {
    const template = templates.get(pathOf(call.path)) ?? '/';
    const methods = paths.get(template) ?? new Map<string, SeenOperation>();
    paths.set(template, methods);
    const operation = methods.get(call.method) ?? nothingCalled();
    methods.set(call.method, operation);
    take(operation, call);
  }
  const ids = new Set<string>();
  return {
    openapi: '3.1.0',
    info: { title, version: '0.1.0' },
    servers: [{ url: server }],
    paths: Object.fromEntries(
      [...paths]
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([template, methods]) => [template, pathItem(template, methods, ids)]),
    ),
  };
}

function pathOf(path: string): string {
  return decoded(path.replace(/[?#].*$/s, '')) || '/';
}

function nothingCalled(): SeenOperation {
  return { calls: 0, withBody: 0, query: new Map(), request: { types: new Map() }, responses: new Map() };
}

function take(operation: SeenOperation, call: SampleCall): void {
  operation.calls++;
  const query = new URLSearchParams(/\?(.*)$/s.exec(call.path)?.[1] ?? '');
  for (const name of new Set(query.keys())) {
    const known = operation.query.get(name) ?? { seen: nothingSeen(), count: 0 };
    known.count++;
    operation.query.set(name, known);
    for (const value of query.getAll(name)) see(known.seen, plainValue(value));
  }
  if (call.requestType !== null) {
    operation.withBody++;
    seeBody(operation.request, call.requestType, call.requestBody);
  }
  const response = operation.responses.get(call.status) ?? { types: new Map() };
  operation.responses.set(call.status, response);
  if (call.responseType !== null) seeBody(response, call.responseType, call.responseBody);
}

function seeBody({ types }: Content, contentType: string, body: string | null): void {
  const type = contentType.replace(/;.*$/s, '').trim().toLowerCase();
  const seen = types.get(type) ?? nothingSeen();
  types.set(type, seen);
  if (body === null || !/[/+]json$/.test(type)) return;
  try {
    see(seen, JSON.parse(body) as unknown);
  } catch {
    // It says that it is JSON and is not; then its type is all that is known.
  }
}

/** What a text of a query might have been. */
function plainValue(value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  return /^-?\d{1,15}(?:\.\d{1,15})?$/.test(value) ? Number(value) : value;
}

const methodOrder = ['GET', 'PUT', 'POST', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH', 'TRACE'];

function pathItem(template: string, methods: ReadonlyMap<string, SeenOperation>, ids: Set<string>): object {
  const parameters = [...template.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const described = methodOrder.flatMap((method) => {
    const operation = methods.get(method);
    return operation === undefined ? [] : [[method.toLowerCase(), describe(method, template, operation, ids)]];
  });
  return { ...(parameters.length === 0 ? {} : { parameters }), ...(Object.fromEntries(described) as object) };
}

function describe(
  method: string,
  template: string,
  { calls, withBody, query, request, responses }: SeenOperation,
  ids: Set<string>,
): object {
  const parameters = [...query].map(([name, { seen, count }]) => ({
    name,
    in: 'query',
    ...(count === calls ? { required: true } : {}),
    schema: toSchema(seen),
  }));
  return {
    operationId: operationId(method, template, ids),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(withBody === 0
      ? {}
      : { requestBody: { ...(withBody === calls ? { required: true } : {}), content: contentOf(request) } }),
    responses: Object.fromEntries(
      [...responses]
        .sort(([one], [other]) => one - other)
        .map(([status, content]) => [
          String(status),
          {
            description: status < 400 ? 'As recorded' : 'A refusal, as recorded',
            ...(content.types.size === 0 ? {} : { content: contentOf(content) }),
          },
        ]),
    ),
  };
}

function contentOf({ types }: Content): object {
  return Object.fromEntries(
    [...types].map(([type, seen]) => [type, seen.types.size === 0 ? {} : { schema: toSchema(seen) }]),
  );
}

/** As in `getOrdersByOrderId`. */
function operationId(method: string, template: string, taken: Set<string>): string {
  const words = template
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) => segment.replace(/^\{(.*)\}$/, 'by-$1').replace(/(?:^|[^A-Za-z0-9]+)([A-Za-z0-9])/g, upper));
  const name = method.toLowerCase() + (words.join('').replace(/[^A-Za-z0-9]/g, '') || 'Root');
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}${count}`;
  taken.add(free);
  return free;
}

function upper(_whole: string, letter: string): string {
  return letter.toUpperCase();
}

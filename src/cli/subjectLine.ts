import type { HeaderList } from '../shared/exchange.ts';
import type { Subject } from '../shared/subject.ts';

/** One line of `tollgate diagnose`, understood. */
export interface SubjectLine {
  readonly id: string | number;
  readonly subject: Subject;
}

/**
 * Reads `{id, request:{method,host,path,headers,body}, response:{status,headers,body}}`. Any member but `id` and
 * `response` may be missing or null; headers are an object (of strings or lists of strings) or a list of pairs; a body
 * is text or JSON. Throws an `Error` that says what is wrong with the line.
 */
export function parseSubjectLine(line: string): SubjectLine {
  const value: unknown = JSON.parse(line);
  const members = object(value, 'The line');
  const { id } = members;
  if (typeof id !== 'string' && typeof id !== 'number') throw new Error('"id" must be a string or a number.');
  if (members.response === undefined) throw new Error('"response" is missing.');
  const request = object(members.request ?? {}, '"request"');
  const response = object(members.response, '"response"');
  const url = targetOf(request);
  return {
    id,
    subject: {
      provider: text(members.provider, '"provider"'),
      request: {
        method: text(request.method, '"request.method"'),
        host: text(request.host, '"request.host"') ?? url?.host ?? null,
        path: text(request.path, '"request.path"') ?? (url === null ? null : url.pathname + url.search),
        headers: headers(request.headers, '"request.headers"'),
        body: body(request.body),
      },
      response: {
        status: status(response.status),
        headers: headers(response.headers, '"response.headers"'),
        trailers: headers(response.trailers, '"response.trailers"'),
        body: body(response.body),
        truncated: response.truncated === true,
      },
    },
  };
}

function targetOf(request: Readonly<Record<string, unknown>>): URL | null {
  const url = text(request.url, '"request.url"');
  return url === null ? null : URL.parse(url);
}

function object(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`${name} must be an object.`);
  return value as Record<string, unknown>;
}

function text(value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new Error(`${name} must be a string or null.`);
  return value;
}

function status(value: unknown): number | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || !Number.isInteger(value))
    throw new Error('"response.status" must be a whole number or null.');
  return value;
}

function body(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function headers(value: unknown, name: string): HeaderList {
  if (value === undefined || value === null) return [];
  if (Array.isArray(value)) return value.map((pair: unknown) => headerPair(pair, name));
  return Object.entries(object(value, name)).flatMap(([field, content]) =>
    (Array.isArray(content) ? content : [content])
      .filter((one) => one !== null)
      .map((one: unknown): [string, string] => [field, fieldValue(one, name)]),
  );
}

function headerPair(pair: unknown, name: string): [string, string] {
  if (!Array.isArray(pair) || pair.length !== 2 || typeof pair[0] !== 'string')
    throw new Error(`${name} must be an object or a list of [name, value].`);
  return [pair[0], fieldValue(pair[1], name)];
}

function fieldValue(value: unknown, name: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${name} must hold strings or lists of strings.`);
}

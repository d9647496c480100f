import type { HeaderList } from '../shared/exchange.ts';

/** A request in an `.http` file, as it stands there: variables are not filled in. Lines count from 0. */
export interface HttpFileRequest {
  /** Where the request line stands. */
  readonly line: number;
  /** From `# @name` or the text behind `###`; null without. */
  readonly name: string | null;
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderList;
  /** Null where there is none. */
  readonly body: HttpFileBody | null;
}

/** Written there, or in a file (`< ./body.json`). */
export type HttpFileBody = { readonly text: string } | { readonly file: string };

/** An `.http` file read. */
export interface HttpFile {
  readonly requests: readonly HttpFileRequest[];
  /** `@name = value`, the last of a name. */
  readonly variables: ReadonlyMap<string, string>;
}

const requestLine = /^(?:([A-Z]+)\s+)?((?:https?:\/\/|\{\{|\/)\S*.*?)(?:\s+HTTP\/[\d.]+)?\s*$/;
const variable = /^@([\w.-]+)\s*=\s*(.*?)\s*$/;
const comment = /^\s*(?:#|\/\/)/;

/**
 * Reads an `.http` file in the form that JetBrains' client, the REST Client extension and Visual Studio share: requests
 * between lines of `###`, headers, an empty line, the body. Never throws; what is no request is passed over.
 */
export function parseHttpFile(content: string): HttpFile {
  const lines = content.split(/\r?\n/);
  const variables = new Map<string, string>();
  const requests: HttpFileRequest[] = [];
  let start = 0;
  const finish = (end: number): void => {
    const request = readRequest(lines, start, end, variables);
    if (request !== null) requests.push(request);
  };
  for (const [index, line] of lines.entries()) {
    if (!line.startsWith('###')) continue;
    finish(index);
    start = index;
  }
  finish(lines.length);
  return { requests, variables };
}

function readRequest(
  lines: readonly string[],
  start: number,
  end: number,
  variables: Map<string, string>,
): HttpFileRequest | null {
  let index = start;
  let name = /^###\s*(.+?)\s*$/.exec(lines[start] ?? '')?.[1] ?? null;
  for (; index < end; index += 1) {
    const line = lines[index] ?? '';
    const [, key, value] = variable.exec(line) ?? [];
    if (key !== undefined) variables.set(key, value ?? '');
    name = /^\s*(?:#|\/\/)\s*@name[\s=]+(\S+)/.exec(line)?.[1] ?? name;
    if (key === undefined && line.trim() !== '' && !comment.test(line)) break;
  }
  const [, method, target] = requestLine.exec(lines[index] ?? '') ?? [];
  if (index >= end || target === undefined) return null;
  const line = index;
  let url = target;
  for (index += 1; index < end && /^\s+[?&]/.test(lines[index] ?? ''); index += 1)
    url += (lines[index] ?? '').trim().replace(/\s+HTTP\/[\d.]+$/, '');
  const headers: [string, string][] = [];
  for (; index < end && (lines[index] ?? '').trim() !== ''; index += 1) {
    const [, field, value] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*:\s*(.*?)\s*$/.exec(lines[index] ?? '') ?? [];
    if (field !== undefined && !comment.test(lines[index] ?? '')) headers.push([field, value ?? '']);
  }
  const body = readBody(lines.slice(index + 1, end));
  return { line, name, method: method ?? (body === null ? 'GET' : 'POST'), url, headers, body };
}

function readBody(lines: readonly string[]): HttpFileBody | null {
  const text = lines.join('\n').replace(/\n+$/, '');
  if (text.trim() === '') return null;
  const file = /^\s*<\s+(\S.*?)\s*$/.exec(text)?.[1];
  return file !== undefined && !text.trim().includes('\n') ? { file } : { text };
}

import { text } from '../shared/text.ts';
import { hasBody, type PlainRequest } from './plainRequest.ts';
import type { RequestFormat } from './requestFormat.ts';

/** JavaScript for Node and browsers (a module: it awaits). */
export const fetchCode: RequestFormat = {
  id: 'fetch',
  title: text('JavaScript (fetch)'),
  language: 'javascript',
  // Fetch refuses a body there (WHATWG Fetch, new Request, step 34).
  fits: (request) => !hasBody(request) || (request.method !== 'GET' && request.method !== 'HEAD'),
  write(request) {
    const { method, url, body, base64 } = request;
    const options = [
      ...(method === 'GET' ? [] : [`  method: ${literal(method)},`]),
      ...headerLines(request),
      ...(body === null ? [] : [`  body: ${literal(body)},`]),
      ...(base64 === undefined
        ? []
        : [`  body: Uint8Array.from(atob('${base64}'), (character) => character.charCodeAt(0)),`]),
    ];
    const call = options.length === 0 ? literal(url) : `${literal(url)}, {\n${options.join('\n')}\n}`;
    return `const response = await fetch(${call});\nconsole.log(response.status, await response.text());\n`;
  },
};

function headerLines({ headers }: PlainRequest): readonly string[] {
  const own = headers.filter(([name]) => name.toLowerCase() !== 'accept-encoding');
  if (own.length === 0) return [];
  const twice = new Set(own.map(([name]) => name.toLowerCase())).size < own.length;
  const lines = twice
    ? own.map(([name, value]) => `    [${literal(name)}, ${literal(value)}],`)
    : own.map(([name, value]) => `    ${literal(name)}: ${literal(value)},`);
  return [`  headers: ${twice ? '[' : '{'}`, ...lines, `  ${twice ? ']' : '}'},`];
}

/** A string as JavaScript writes it. */
function literal(value: string): string {
  const written = JSON.stringify(value);
  return value.includes('"') && !value.includes("'") && !/[\\\n\r\u0000-\u001f]/.test(value) ? `'${value}'` : written;
}

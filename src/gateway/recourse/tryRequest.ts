import { applyEdits, modify, parseTree } from 'jsonc-parser';
import { headerValue, type HeaderList } from '../../shared/exchange.ts';
import { text, type Text } from '../../shared/text.ts';
import { replaceHeader, requestHeaders } from '../headers.ts';
import { inject } from '../inject.ts';
import type { Injection, ResolvedApi } from '../parts.ts';
import { upstreamPath } from '../route.ts';
import { attemptsHeader } from './attemptsHeader.ts';
import { pathAt } from './openaiPaths.ts';

/** What to call, and how it differs from what the client asked for. */
export interface Try {
  readonly api: ResolvedApi;
  /** The model to ask for instead; null leaves it. */
  readonly model: string | null;
  readonly prefix: string | null;
}

/** The client's request as it would go to the API that it names. */
export interface Original {
  readonly api: ResolvedApi;
  readonly path: string;
  readonly headers: HeaderList;
}

export interface Outgoing {
  readonly path: string;
  readonly headers: string[];
  readonly body: Buffer | null;
}

/** Fields that concern the first vendor only, and would tell the other who the caller is there. */
const personal = /^(?:authorization|cookie|x-api-key|api-key|x-goog-api-key|openai-(?:organization|project))$/i;

/** The request for one try; a sentence where it cannot be made. */
export function tryRequest(
  original: Original,
  { api, model, prefix }: Try,
  injection: Injection | null,
  body: Buffer | null,
): Outgoing | Text {
  const elsewhere = api.name !== original.api.name;
  let { path, headers } = original;
  if (elsewhere) {
    const base = original.api.upstream.pathname.replace(/\/$/, '');
    const rest = path.startsWith(base) ? path.slice(base.length) : path;
    path = upstreamPath(api.upstream, pathAt(rest, original.api, api, prefix));
    headers = headers.filter(([name]) => !personal.test(name));
  }
  let sent = body;
  if (model !== null) {
    const inPath = withModelInPath(path, model);
    const inBody = body === null ? null : withModel(body, headers, model);
    if (inPath === path && inBody === null) return text('The request names no model that could be replaced.');
    path = inPath;
    if (inBody !== null) {
      sent = inBody;
      if (headerValue(headers, 'content-length') !== undefined)
        headers = replaceHeader(headers, 'Content-Length', String(inBody.byteLength));
    }
  }
  headers = headers.filter(([name]) => name.toLowerCase() !== attemptsHeader);
  for (const [name, value] of Object.entries(api.headers)) headers = replaceHeader(headers, name, value);
  if (injection !== null) ({ headers, path } = inject(headers, path, injection));
  return { path, headers: requestHeaders(headers), body: sent };
}

/** The body with the value of `model` replaced and all else as it was; null where it has none that could be. */
function withModel(body: Buffer, headers: HeaderList, model: string): Buffer | null {
  if (headerValue(headers, 'content-encoding') !== undefined) return null;
  const source = body.toString('utf8');
  const root = source.trimStart().startsWith('{') ? parseTree(source) : undefined;
  const names = root?.children?.map((property): unknown => property.children?.[0]?.value) ?? [];
  return names.includes('model') ? Buffer.from(applyEdits(source, modify(source, ['model'], model, {}))) : null;
}

/** Gemini has the model in the path. */
function withModelInPath(path: string, model: string): string {
  return path.replace(/(\/models\/)[^/:?#]+(?=:)/, (_all, before: string) => before + encodeURIComponent(model));
}

import { ChannelError } from '../../../shared/channel.ts';
import { plain, text } from '../../../shared/text.ts';
import { resources, type ResourceParts } from './resourceTable.ts';
import { accessOpenApi } from './openApi.ts';

/** What is answered: a status and something to be told as JSON. */
export interface ResourceAnswer {
  readonly status: 200 | 201;
  readonly value: unknown;
}

/**
 * Answers a request to `/_tollgate/<path>`; `target` is as the client sent it, with its query. Fails with a
 * `ChannelError`: `not_found`, `invalid_request`, or what the desk says.
 */
export async function answerResource(
  parts: ResourceParts,
  method: string,
  target: string,
  url: string,
  body: string,
): Promise<ResourceAnswer> {
  const { pathname, searchParams } = new URL(target, 'http://localhost');
  const path = pathname.replace(/^\/_tollgate\//, '');
  if (path === 'openapi.json') return { status: 200, value: accessOpenApi(url) };
  for (const resource of resources) {
    if (resource.method !== method) continue;
    const names = namesIn(resource.path, path);
    if (names === null) continue;
    const value = await resource.run(parts, { names, query: Object.fromEntries(searchParams), body: jsonOf(body) });
    return { status: resource.status, value };
  }
  throw new ChannelError(
    'not_found',
    plain(text('There is no {0} {1} here. GET /_tollgate/openapi.json describes what there is.', method, pathname)),
  );
}

function namesIn(pattern: string, path: string): Readonly<Record<string, string>> | null {
  const wanted = pattern.split('/');
  const found = path.split('/');
  if (wanted.length !== found.length) return null;
  const names: Record<string, string> = {};
  for (const [index, word] of wanted.entries()) {
    const name = /^\{(\w+)\}$/.exec(word)?.[1];
    const given = found[index] ?? '';
    if (name !== undefined && given !== '') names[name] = decodeURIComponent(given);
    else if (word !== given) return null;
  }
  return names;
}

function jsonOf(body: string): unknown {
  if (body.trim() === '') return undefined;
  try {
    return JSON.parse(body);
  } catch (error) {
    throw new ChannelError('invalid_request', plain(text('The body is not JSON.')), { cause: error });
  }
}

/** What one of the common formats asks for. */
export type Operation =
  'chat' | 'responses' | 'messages' | 'countTokens' | 'completions' | 'embeddings' | 'images' | 'audio' | 'moderations';

/** Formats in which a conversation can be had, and which are translated into each other. */
export type ChatFormat = 'chat' | 'responses' | 'messages';

/** Where a request below `/v1` leads. */
export type AiPath =
  | { readonly kind: 'call'; readonly operation: Operation; /** Behind the base URL. */ readonly path: string }
  | { readonly kind: 'models'; readonly id: string | null; readonly all: boolean }
  | { readonly kind: 'unknown' };

const operations: Readonly<Record<string, Operation>> = {
  'chat/completions': 'chat',
  responses: 'responses',
  messages: 'messages',
  'messages/count_tokens': 'countTokens',
  completions: 'completions',
  embeddings: 'embeddings',
  'images/generations': 'images',
  'images/edits': 'images',
  'images/variations': 'images',
  'audio/speech': 'audio',
  'audio/transcriptions': 'audio',
  'audio/translations': 'audio',
  moderations: 'moderations',
};

/** Reads what follows `/v1` in a path, query included. */
export function readAiPath(method: string, rest: string): AiPath {
  const [, path = '', query = ''] = /^\/?([^?]*?)\/?(?:\?(.*))?$/s.exec(rest) ?? [];
  if (method === 'GET' && path === 'models')
    return { kind: 'models', id: null, all: new URLSearchParams(query).get('all') === '1' };
  if (method === 'GET' && path.startsWith('models/'))
    return { kind: 'models', id: decoded(path.slice('models/'.length)), all: true };
  const operation = method === 'POST' && Object.hasOwn(operations, path) ? operations[path] : undefined;
  if (operation === undefined) return { kind: 'unknown' };
  return { kind: 'call', operation, path: `/${path}${query === '' ? '' : `?${query}`}` };
}

/** Whether conversations in this format can be translated. */
export function isChatFormat(operation: Operation): operation is ChatFormat {
  return operation === 'chat' || operation === 'responses' || operation === 'messages';
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

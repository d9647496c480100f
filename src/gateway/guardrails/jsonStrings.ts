/** What stands under these names is no text of people's, or would be broken by a change. */
const opaque: ReadonlySet<string> = new Set([
  ...[
    'id',
    'model',
    'type',
    'role',
    'object',
    'data',
    'b64_json',
    'signature',
    'thoughtSignature',
    'thought_signature',
  ],
  ...['encrypted_content', 'tool_call_id', 'tool_use_id', 'call_id', 'item_id', 'response_id', 'previous_response_id'],
  ...['format', 'finish_reason', 'stop_reason', 'system_fingerprint', 'mime_type', 'mimeType', 'media_type'],
]);

const literal = /"(?:[^"\\]|\\.)*"/gs;

/** The JSON text with its string values mapped, and every other byte as it was. `name` is the member's that holds the string. */
export function mapStrings(json: string, map: (value: string, name: string) => string): string {
  let name = '';
  return json.replace(literal, (token, offset: number) => {
    if (isName(json, offset + token.length)) {
      name = token.slice(1, -1);
      return token;
    }
    if (opaque.has(name) || token.startsWith('"data:')) return token;
    const value = token.includes('\\') ? unescaped(token) : token.slice(1, -1);
    if (value === null) return token;
    const mapped = map(value, name);
    return mapped === value ? token : JSON.stringify(mapped);
  });
}

function isName(json: string, from: number): boolean {
  for (let at = from; at < json.length; at++) {
    const character = json.charAt(at);
    if (character === ':') return true;
    if (character !== ' ' && character !== '\n' && character !== '\r' && character !== '\t') return false;
  }
  return false;
}

function unescaped(token: string): string | null {
  try {
    return JSON.parse(token) as string;
  } catch {
    return null;
  }
}

/**
 * Whether a value is secret by its name alone (`always`), only if it also looks like a credential (`likely`), or not
 * for its name (`never`; known key shapes are still looked for in it).
 */
export type Secrecy = 'always' | 'likely' | 'never';

/** Of a header field. Limits and counters (`x-ratelimit-remaining-tokens`) are not secrets, and rules read them. */
export const secrecyOfHeader = remembered((name) => {
  if (secretHeaders.has(name.toLowerCase())) return 'always';
  return byLastWord(wordsOf(name));
});

/** Of a JSON member, an XML element or a field of a multipart form. */
export const secrecyOfField = remembered((name) => {
  const words = wordsOf(name);
  const joined = words.join('');
  if (secretFields.has(joined)) return 'always';
  // A token is a piece of text to a language model, a key is a name to a database: they say little by themselves.
  if (weakFields.has(joined)) return 'likely';
  return byLastWord(words);
});

/** Of a query parameter or a URL-encoded form field. */
export const secrecyOfParameter = remembered((name) => {
  if (secretParameters.has(wordsOf(name).join(''))) return 'always';
  return secrecyOfField(name);
});

/** Whether a value could be a key: long, unbroken, and of letters and digits both. */
export function looksLikeCredential(value: string): boolean {
  return value.length >= 16 && !/[^A-Za-z0-9_+/=~-]/.test(value) && /\d/.test(value) && /[A-Za-z]/.test(value);
}

const secretHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'x-authorization',
  'cookie',
  'set-cookie',
  'set-cookie2',
  'ocp-apim-subscription-key',
  // x402 payment payloads can be spent by whoever holds them.
  'x-payment',
  'payment-signature',
]);

const secretFields = new Set([
  ...['password', 'passwd', 'pwd', 'passphrase', 'secret', 'bearer', 'jwt', 'credentials', 'clientassertion'],
  ...['authorization', 'proxyauthorization', 'cookie', 'setcookie', 'xapikey', 'apikey', 'codeverifier'],
  ...['cvc', 'cvv', 'cvv2', 'cardnumber', 'securitycode'],
]);

const weakFields = new Set(['token', 'key', 'auth', 'session', 'sessionid', 'sid', 'credential']);

const secretParameters = new Set([
  ...[
    'key',
    'token',
    'auth',
    'sig',
    'signature',
    'hmac',
    'appid',
    'sid',
    'session',
    'sessionid',
    'assertion',
    'ticket',
  ],
  ...['xamzsignature', 'xamzcredential', 'xgoogsignature', 'xgoogcredential', 'awsaccesskeyid', 'googleaccessid'],
]);

/** Words before "key" that make it a secret one. */
const keyQualifiers = new Set([
  ...['api', 'access', 'secret', 'private', 'auth', 'subscription', 'account', 'shared', 'encryption', 'signing'],
  ...['license', 'app', 'application', 'service', 'master', 'admin', 'client', 'consumer', 'storage', 'webhook'],
  ...['functions', 'rapidapi', 'user', 'server', 'live', 'team', 'project', 'org', 'organization', 'deploy', 'write'],
]);

/** Words before "key" that make it a mere name, even where it looks random. */
const plainKeys = new Set([
  ...[
    'idempotency',
    'cache',
    'surrogate',
    'websocket',
    'socket',
    'partition',
    'sort',
    'object',
    'request',
    'primary',
    'routing',
  ],
  ...['foreign', 'trace', 'correlation', 'deduplication', 'public', 'translation', 'i18n', 'row', 'group'],
]);

/** Words before "token" that make it a place in a list, or a piece of text. */
const plainTokens = new Set([
  ...['page', 'next', 'previous', 'prev', 'continuation', 'sync', 'cursor', 'pagination', 'resume', 'start', 'end'],
  ...[
    'stop',
    'eos',
    'bos',
    'pad',
    'sep',
    'cls',
    'mask',
    'unk',
    'special',
    'max',
    'min',
    'first',
    'last',
    'per',
    'text',
  ],
  ...['prompt', 'completion', 'input', 'output', 'total', 'image', 'audio', 'video', 'reasoning', 'cached', 'top'],
]);

const secretTokens = new Set([
  ...['access', 'refresh', 'id', 'auth', 'api', 'session', 'bearer', 'security', 'device', 'csrf', 'xsrf', 'bot'],
  ...['oauth', 'user', 'client', 'personal', 'private', 'secret', 'verification', 'reset', 'jwt', 'identity', 'vault'],
  ...['subscription', 'gitlab', 'service', 'account', 'registration', 'upload', 'x', 'push', 'login'],
]);

function byLastWord(words: readonly string[]): Secrecy {
  const last = words.at(-1) ?? '';
  const before = words.at(-2) ?? '';
  switch (last) {
    case 'password':
    case 'passwd':
    case 'passphrase':
    case 'secret':
    case 'apikey':
    case 'credentials':
    case 'jwt':
    case 'cvc':
    case 'cvv':
      return 'always';
    case 'token':
      if (plainTokens.has(before)) return 'never';
      return secretTokens.has(before) ? 'always' : 'likely';
    case 'key':
      if (plainKeys.has(before)) return 'never';
      return keyQualifiers.has(before) ? 'always' : 'likely';
    case 'id':
      return words.slice(-3).join(' ') === 'access key id' ? 'always' : 'never';
    case 'number':
      return before === 'card' ? 'always' : 'never';
    case 'assertion':
      return 'likely';
    default:
      return 'never';
  }
}

/** `X-Api-Key`, `apiKey`, `card[number]` and `API_KEY` in words of lower case. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Names repeat endlessly, so each is judged once. */
function remembered(judge: (name: string) => Secrecy): (name: string) => Secrecy {
  const known = new Map<string, Secrecy>();
  return (name) => {
    const before = known.get(name);
    if (before !== undefined) return before;
    // Names come from outside: an endless variety of them must not fill the memory.
    if (known.size >= 5000) known.clear();
    const verdict = judge(name);
    known.set(name, verdict);
    return verdict;
  };
}

import { redactionMark } from '../../shared/redacted.ts';

/**
 * How secrets look that are recognised wherever they stand, beyond the providers' own keys. Each goes on as far as a
 * key can, so that nothing of it is left behind.
 */
const genericShapes: readonly string[] = [
  // Most LLM vendors: OpenAI, Anthropic, OpenRouter, DeepSeek and those who followed. A digit tells a key from a word.
  'sk-(?=[A-Za-z_-]{0,80}\\d)[A-Za-z0-9_-]{16,}',
  // Stripe, and those who followed.
  '(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{8,}',
  'whsec_[A-Za-z0-9+/=]{16,}',
  // GitHub, GitLab, npm.
  'gh[pousr]_[A-Za-z0-9]{20,}',
  'github_pat_[A-Za-z0-9_]{20,}',
  'glpat-[A-Za-z0-9_-]{16,}',
  'npm_[A-Za-z0-9]{30,}',
  // Slack; Telegram bots.
  'xox[a-z]-[A-Za-z0-9-]{10,}',
  'xapp-[A-Za-z0-9-]{10,}',
  'bot\\d{6,12}:[A-Za-z0-9_-]{30,}',
  // Google: API keys, access tokens, client secrets.
  'AIza[0-9A-Za-z_-]{30,}',
  'ya29\\.[0-9A-Za-z_.-]{20,}',
  'GOCSPX-[A-Za-z0-9_-]{20,}',
  // AWS.
  '(?:AKIA|ASIA)[0-9A-Z]{16,}',
  // Hugging Face, Groq, xAI, Replicate, Perplexity, Tavily, Fireworks, SendGrid, DigitalOcean.
  'hf_[A-Za-z0-9]{20,}',
  'gsk_[A-Za-z0-9]{20,}',
  'xai-[A-Za-z0-9]{20,}',
  'r8_[A-Za-z0-9]{20,}',
  'pplx-[A-Za-z0-9]{20,}',
  'tvly-[A-Za-z0-9-]{16,}',
  'fw_[A-Za-z0-9]{20,}',
  'SG\\.[A-Za-z0-9_-]{16,}\\.[A-Za-z0-9_-]{16,}',
  'do[opr]_v1_[a-f0-9]{20,}',
  // JSON Web Tokens (RFC 7519): base64url of {" begins with eyJ.
  'eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}(?:\\.[A-Za-z0-9_-]*)*',
  // PEM (RFC 7468), also in a JSON string or a form, also cut off.
  '-----BEGIN[A-Z0-9 %+]{1,40}PRIVATE(?: |%20|\\+)KEY-----[^]*?(?:-----END[A-Z0-9 %+]{1,40}PRIVATE(?: |%20|\\+)KEY-----|$)',
];

/** `Bearer abc…` in running text, as in a dumped curl command. */
const bearer = /\b(Bearer|Token|Basic)(\s+|%20|\+)(?=[A-Za-z._~+/-]{0,200}\d)[A-Za-z0-9._~+/-]{16,}=*/g;

/** Replaces keys of a known shape. Patterns of providers go on over whatever characters of a key follow. */
export function createShapeRedaction(keyPatterns: readonly string[]): (text: string) => string {
  const all = [...genericShapes, ...keyPatterns.map((pattern) => `(?:${pattern})[A-Za-z0-9_-]*`)];
  const shapes = new RegExp(all.join('|'), 'g');
  return (text) => {
    // Nothing shorter can hold a key, and most header values are that short.
    if (text.length < 12) return text;
    const keyless = text.replace(shapes, (match, ...rest) => {
      const offset = rest.find((item) => typeof item === 'number') ?? 0;
      return standsAlone(text, offset) ? redactionMark : match;
    });
    return keyless.replace(bearer, (_match, scheme: string, space: string) => scheme + space + redactionMark);
  };
}

/** A key does not begin inside a word, unless what looks like the word's end is an escape (`\nsk-…`, `%3Dsk-…`). */
function standsAlone(text: string, offset: number): boolean {
  if (offset === 0 || !/[A-Za-z0-9]/.test(text.charAt(offset - 1))) return true;
  return /(?:\\[nrtbf]|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|%[0-9a-fA-F]{2})$/.test(
    text.slice(Math.max(0, offset - 6), offset),
  );
}

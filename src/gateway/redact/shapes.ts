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
  'AKIA[0-9A-Z]{16,}',
  'ASIA[0-9A-Z]{16,}',
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
];

/** PEM (RFC 7468), also in a JSON string or a form, also cut off. */
const pem =
  /-----BEGIN[A-Z0-9 %+]{1,40}PRIVATE(?: |%20|\+)KEY-----[^]*?(?:-----END[A-Z0-9 %+]{1,40}PRIVATE(?: |%20|\+)KEY-----|$)/g;

/** `Bearer abc…` in running text, as in a dumped curl command. */
const bearer = /\b(Bearer|Token|Basic)(\s+|%20|\+)(?=[A-Za-z._~+/-]{0,200}\d)[A-Za-z0-9._~+/-]{16,}=*/g;

/**
 * Replaces keys of a known shape. Patterns of providers go on over whatever characters of a key follow. Only long
 * unbroken runs are held against the shapes, which is most of what redaction costs.
 */
export function createShapeRedaction(keyPatterns: readonly string[]): (text: string) => string {
  const isSuspect = suspicion([...genericShapes, ...keyPatterns]);
  const all = [...genericShapes, ...keyPatterns.map((pattern) => `(?:${pattern})[A-Za-z0-9_-]*`)];
  const shapes = new RegExp(all.join('|'), 'g');
  const inRun = (run: string, start: number, text: string): string =>
    run.replace(shapes, (match, ...rest) => {
      const offset = start + (rest.find((item) => typeof item === 'number') ?? 0);
      return standsAlone(text, offset) ? redactionMark : match;
    });
  return (text) => {
    if (text.length < shortestKey) return text;
    const keyless = replaceRuns(
      text.includes('-----BEGIN') ? text.replace(pem, redactionMark) : text,
      isSuspect,
      inRun,
    );
    if (!keyless.includes('Bearer') && !keyless.includes('Token') && !keyless.includes('Basic')) return keyless;
    return keyless.replace(bearer, (_match, scheme: string, space: string) => scheme + space + redactionMark);
  };
}

/** Nothing shorter can hold a key, and most words and header values are that short. */
const shortestKey = 12;

/** For each character code: 1 where keys consist of it, 2 where it also is one of the marks within keys. */
const ofKeys = Uint8Array.from({ length: 128 }, (_, code) => {
  const character = String.fromCharCode(code);
  return '-_.:'.includes(character) ? 2 : /[A-Za-z0-9+/=~]/.test(character) ? 1 : 0;
});

const kindAt = (text: string, at: number): number => {
  const code = text.charCodeAt(at);
  return code < 128 ? (ofKeys[code] ?? 0) : 0;
};

/**
 * Tells which runs are worth holding against the shapes, which takes long: nearly every shape has a mark in it that
 * base64 and words lack, the others a beginning. Read off the shapes, so that one of neither kind is never missed.
 */
function suspicion(patterns: readonly string[]): (run: string, hasMark: boolean) => boolean {
  const beginnings = new Set<string>();
  for (const pattern of patterns) {
    const certain = pattern.replace(/\[(?:\\.|[^\]\\])*\]/g, '').replace(/\([^()]*\)/g, '');
    if (!/[|?*]/.test(certain) && /[-_:]|\\\./.test(certain)) continue;
    const beginning = /^[A-Za-z0-9]{3,}(?=\[|$)/.exec(pattern)?.[0];
    if (beginning === undefined) return () => true;
    beginnings.add(beginning);
  }
  const all = [...beginnings];
  return (run, hasMark) => hasMark || all.some((beginning) => run.includes(beginning));
}

/**
 * Puts the long runs of a text's key characters that `isSuspect` through `replace`. A loop, because a regular expression
 * takes ten times as long.
 */
function replaceRuns(
  text: string,
  isSuspect: (run: string, hasMark: boolean) => boolean,
  replace: (run: string, start: number, text: string) => string,
): string {
  let result = '';
  let copied = 0;
  let start = 0;
  // A run that is long enough covers its twelfth place, so most of what lies before a shorter one's end is never read.
  for (let last = shortestKey - 1; last < text.length; last = start + shortestKey - 1) {
    let at = last;
    let marks = 0;
    for (; at >= start; at--) {
      const kind = kindAt(text, at);
      if (kind === 0) break;
      marks |= kind;
    }
    if (at >= start) {
      start = at + 1;
      continue;
    }
    let end = last + 1;
    for (; end < text.length; end++) {
      const kind = kindAt(text, end);
      if (kind === 0) break;
      marks |= kind;
    }
    const run = text.slice(start, end);
    const replaced = isSuspect(run, (marks & 2) !== 0) ? replace(run, start, text) : run;
    if (replaced !== run) {
      result += text.slice(copied, start) + replaced;
      copied = end;
    }
    start = end + 1;
  }
  return copied === 0 ? text : result + text.slice(copied);
}

/** A key does not begin inside a word, unless what looks like the word's end is an escape (`\nsk-…`, `%3Dsk-…`). */
function standsAlone(text: string, offset: number): boolean {
  if (offset === 0 || !/[A-Za-z0-9]/.test(text.charAt(offset - 1))) return true;
  return /(?:\\[nrtbf]|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|%[0-9a-fA-F]{2})$/.test(
    text.slice(Math.max(0, offset - 6), offset),
  );
}

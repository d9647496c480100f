import { redactionMark } from '../../shared/redacted.ts';

/** Shorter ones are placeholders; replacing every "demo" would tell more than it hides. */
const shortest = 6;

/** Secrets in hand, as they are and as they look percent-encoded, in JSON, and byte for byte as Latin-1. */
export interface Literals {
  redact(text: string): string;
  /** How many characters at the end of a cut text are the beginning of a secret. */
  begunAtEnd(text: string): number;
}

export function createLiterals(values: readonly string[]): Literals {
  const spellings = [...new Set(values.filter((value) => value.length >= shortest).flatMap(spellingsOf))];
  if (spellings.length === 0) return { redact: (text) => text, begunAtEnd: () => 0 };
  // The longest first, or a secret that begins with another would be left with its end.
  spellings.sort((a, b) => b.length - a.length);
  const pattern = new RegExp(
    spellings.map((spelling) => spelling.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|'),
    'g',
  );
  return {
    redact: (text) => text.replace(pattern, redactionMark),
    begunAtEnd: (text) => Math.max(...spellings.map((spelling) => overlap(text, spelling))),
  };
}

function spellingsOf(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const encoded = encodeURIComponent(bytes.toString('utf8'));
  return [value, encoded, encoded.replaceAll('%20', '+'), JSON.stringify(value).slice(1, -1), bytes.toString('latin1')];
}

function overlap(text: string, secret: string): number {
  for (let length = Math.min(secret.length - 1, text.length); length > 4; length--)
    if (text.endsWith(secret.slice(0, length))) return length;
  return 0;
}

/** What a Lightning invoice says. `amount` is in satoshi, null where the payer may choose; `expiresAt` in ms since 1970. */
export interface Invoice {
  readonly amount: string | null;
  readonly network: string;
  readonly description: string | null;
  readonly expiresAt: number | null;
}

const charset = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const signatureWords = 104;
const checksumWords = 6;
const defaultExpiry = 3600;
const chains: Readonly<Record<string, string>> = {
  bc: 'Bitcoin Lightning',
  tb: 'Bitcoin Lightning (test)',
  tbs: 'Bitcoin Lightning (test)',
  bcrt: 'Bitcoin Lightning (test)',
};
/** Thousandths of a satoshi in one unit of each multiplier; `p` is a tenth of one. */
const multipliers: Readonly<Record<string, number>> = { m: 1e8, u: 1e5, n: 100, p: 0.1 };

/** Reads an invoice without checking its signature (BOLT 11). Null where it is none. */
export function readInvoice(text: string): Invoice | null {
  const [, chain = '', digits, multiplier, data = ''] =
    /^(?:lightning:)?ln(bcrt|bc|tbs|tb)(?:(\d{1,15})([munp])?)?1([02-9ac-hj-np-z]+)$/.exec(text.trim().toLowerCase()) ??
    [];
  const network = chains[chain];
  if (network === undefined) return null;
  const thousandths =
    digits === undefined
      ? null
      : Math.round(Number(digits) * (multiplier === undefined ? 1e11 : (multipliers[multiplier] ?? 0)));
  const words = Array.from(data, (letter) => charset.indexOf(letter));
  const end = words.length - signatureWords - checksumWords;
  const written = end >= 7 ? number(words.slice(0, 7)) : null;
  const fields = tagged(words, end);
  const lifetime = fields.get('x');
  return {
    amount: thousandths === null ? null : String(thousandths / 1000),
    network,
    description: described(fields.get('d')),
    expiresAt: written === null ? null : (written + (lifetime === undefined ? defaultExpiry : number(lifetime))) * 1000,
  };
}

function tagged(words: readonly number[], end: number): ReadonlyMap<string, readonly number[]> {
  const fields = new Map<string, readonly number[]>();
  for (let at = 7; at + 3 <= end;) {
    const length = number(words.slice(at + 1, at + 3));
    fields.set(charset[words[at] ?? 0] ?? '', words.slice(at + 3, Math.min(end, at + 3 + length)));
    at += 3 + length;
  }
  return fields;
}

function number(words: readonly number[]): number {
  return words.reduce((sum, word) => sum * 32 + word, 0);
}

function described(words: readonly number[] | undefined): string | null {
  if (words === undefined) return null;
  const bytes: number[] = [];
  let bits = 0;
  let held = 0;
  for (const word of words) {
    held = ((held << 5) | word) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes.push((held >> bits) & 0xff);
  }
  return new TextDecoder().decode(Uint8Array.from(bytes)).slice(0, 200);
}

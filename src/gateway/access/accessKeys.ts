import { hash, randomInt, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';

const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const form = /^(?:tgk|tgt)_([0-9A-Za-z]{10})_([0-9A-Za-z]{32})([0-9A-Za-z]{6})$/;

/** A new key, and what is kept of it. */
export interface MadeKey {
  readonly id: string;
  readonly secret: string;
  readonly hash: string;
  readonly hint: string;
}

/**
 * Makes a key: `tgk_`, its id, `_`, 32 random characters (190 bits), and a checksum of six, so that a scanner can tell
 * a key from a look-alike and a typing error from an unknown key without asking.
 */
export function makeKey(): MadeKey {
  return made('tgk', 'key');
}

/** Makes a token for the control API: as a key, but with `tgt_`, so that neither is taken for the other. */
export function makeTeamToken(): MadeKey {
  return made('tgt', 'team');
}

function made(prefix: string, kind: string): MadeKey {
  const id = random(10);
  const begun = `${prefix}_${id}_${random(32)}`;
  const secret = begun + checksum(begun);
  return { id: `${kind}_${id}`, secret, hash: hashOf(secret), hint: `${prefix}_${id}_…${secret.slice(-4)}` };
}

/** Whether a value begins as a key does, whole or not. */
export function looksLikeKey(value: string): boolean {
  return value.startsWith('tgk_');
}

/** The id that a team's token names; null where it is not a whole one. */
export function teamTokenIdOf(value: string): string | null {
  return value.startsWith('tgt_') ? idOf(value, 'team') : null;
}

/** The id that a key names; null where it is not a whole key: its checksum is wrong, or its form. */
export function keyIdOf(value: string): string | null {
  return looksLikeKey(value) ? idOf(value, 'key') : null;
}

function idOf(value: string, kind: string): string | null {
  const [, id, , sum] = form.exec(value) ?? [];
  return id === undefined || checksum(value.slice(0, -6)) !== sum ? null : `${kind}_${id}`;
}

/** Whether a value is the key with that hash. Takes as long whatever they have in common. */
export function isKeyOf(value: string, kept: string): boolean {
  const wanted = Buffer.from(kept, 'hex');
  const found = hash('sha256', value, 'buffer');
  return wanted.byteLength === found.byteLength && timingSafeEqual(found, wanted);
}

/** SHA-256 in hexadecimal. */
function hashOf(secret: string): string {
  return hash('sha256', secret, 'hex');
}

function random(length: number): string {
  return Array.from({ length }, () => digits.charAt(randomInt(digits.length))).join('');
}

/** CRC-32 in six digits to the base of 62, as GitHub's tokens have it. */
function checksum(text: string): string {
  let rest = crc32(text);
  let sum = '';
  for (let count = 0; count < 6; count++) {
    sum = digits.charAt(rest % 62) + sum;
    rest = Math.floor(rest / 62);
  }
  return sum;
}

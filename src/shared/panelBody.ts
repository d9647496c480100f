import type { PanelBody } from './panel.ts';
import type { BodyContent } from './protocol.ts';

const textual =
  /^(?:text\/|multipart\/|application\/(?:[\w.+-]*\b(?:json|xml|ndjson|javascript|ecmascript|yaml|graphql|sql|toml)\b|x-www-form-urlencoded|x-ndjson|x-sh)|image\/svg\+xml|message\/)/i;

const binary = /^application\/(?:grpc(?!-web-text)|[\w.+-]*\bprotobuf\b)/i;

/** A body as the panel shows it: text in its own charset where it is text, base64 where it is not. */
export function toPanelBody(content: BodyContent): PanelBody {
  const { bytes, contentType } = content;
  const text = isText(content) ? decode(bytes, charsetOf(contentType)) : null;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const isExact = text === null || content.truncated || Buffer.from(text).equals(buffer);
  return {
    text,
    base64: text === null ? buffer.toString('base64') : null,
    ...(isExact ? {} : { exact: buffer.toString('base64') }),
    size: content.size,
    truncated: content.truncated,
    contentType,
    decodeError: content.decodeError,
  };
}

function isText({ bytes, contentType, decodeError }: BodyContent): boolean {
  if (bytes.byteLength === 0) return true;
  // Short messages often look like text.
  if (decodeError === null && contentType !== null && binary.test(contentType)) return false;
  // What could not be decompressed is not what its type says.
  if (decodeError === null && contentType !== null && textual.test(contentType)) return true;
  return looksLikeUtf8(bytes);
}

/** A beginning without NUL that is UTF-8, allowing for a character cut at its end. */
function looksLikeUtf8(bytes: Uint8Array): boolean {
  const beginning = bytes.subarray(0, 4096);
  if (beginning.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(beginning, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** JSON and everything without a charset is UTF-8 (RFC 8259, 8.1). */
function charsetOf(contentType: string | null): string {
  return /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
}

function decode(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // An unknown label.
    return new TextDecoder('utf-8').decode(bytes);
  }
}

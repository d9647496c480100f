/** One field as it is on the wire. */
export type WireField = { readonly number: number } & (
  | { readonly kind: 'varint'; readonly value: bigint }
  | { readonly kind: 'fixed'; readonly width: 4 | 8; readonly view: DataView }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
);

/** The fields of a message of Protocol Buffers, in order. Null where the bytes are none. */
export function readFields(bytes: Uint8Array): readonly WireField[] | null {
  const fields: WireField[] = [];
  for (let at = 0; at < bytes.length;) {
    const tag = varint(bytes, at);
    if (tag === null) return null;
    at = tag.end;
    const number = Number(tag.value >> 3n);
    if (number === 0 || number > 536_870_911) return null;
    const kind = Number(tag.value & 7n);
    if (kind === 0) {
      const value = varint(bytes, at);
      if (value === null) return null;
      at = value.end;
      fields.push({ number, kind: 'varint', value: value.value });
    } else if (kind === 1 || kind === 5) {
      const width = kind === 1 ? 8 : 4;
      if (at + width > bytes.length) return null;
      fields.push({ number, kind: 'fixed', width, view: new DataView(bytes.buffer, bytes.byteOffset + at, width) });
      at += width;
    } else if (kind === 2) {
      const length = varint(bytes, at);
      if (length === null || length.end + Number(length.value) > bytes.length) return null;
      at = length.end + Number(length.value);
      fields.push({ number, kind: 'bytes', bytes: bytes.subarray(length.end, at) });
    } else return null;
  }
  return fields;
}

/** A number of up to ten bytes, and where it ends. */
export function varint(bytes: Uint8Array, start: number): { readonly value: bigint; readonly end: number } | null {
  let value = 0n;
  for (let at = start; at < bytes.length && at < start + 10; at++) {
    const byte = bytes[at] ?? 0;
    value |= BigInt(byte & 0x7f) << BigInt(7 * (at - start));
    if (byte < 0x80) return { value, end: at + 1 };
  }
  return null;
}

import type { ProtoSchema } from '../../src/shared/protoSchema.ts';
import { token } from './lines.ts';
import type { Token } from './lines.ts';
import { varint } from './protobufWire.ts';
import type { WireField } from './protobufWire.ts';

/** A value as its declared type wants it (Protocol Buffers, "Encoding"); null where the wire has another type. */
export function scalarText(field: WireField, type: string, schema: ProtoSchema): Token | null {
  switch (field.kind) {
    case 'varint':
      return varintText(field.value, type, schema);
    case 'fixed':
      return fixedText(field.view, field.width, type);
    case 'bytes':
      if (type === 'string') return token('string', JSON.stringify(new TextDecoder().decode(field.bytes)));
      return type === 'bytes'
        ? token(
            'plain',
            bytesTokens(field.bytes)
              .map(({ text }) => text)
              .join(''),
          )
        : null;
  }
}

/** The beginning of bytes that are nothing else. */
export function bytesTokens(content: Uint8Array): readonly Token[] {
  const hex = Array.from(content.subarray(0, 64), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return [token('plain', hex), token('faint', ` ${String(content.length)} bytes`)];
}

/** Numbers of a repeated field, one after the other without tags. Null where it is not that. */
export function packedValues(bytes: Uint8Array, type: string, schema: ProtoSchema): readonly Token[] | null {
  if (type === 'string' || type === 'bytes') return null;
  const values: Token[] = [];
  const width = /^(?:s?fixed64|double)$/.test(type) ? 8 : /^(?:s?fixed32|float)$/.test(type) ? 4 : null;
  for (let at = 0; at < bytes.length;) {
    if (width !== null) {
      if (at + width > bytes.length) return null;
      const value = fixedText(new DataView(bytes.buffer, bytes.byteOffset + at, width), width, type);
      if (value === null) return null;
      values.push(value);
      at += width;
      continue;
    }
    const value = varint(bytes, at);
    const text = value === null ? null : varintText(value.value, type, schema);
    if (value === null || text === null) return null;
    values.push(text);
    at = value.end;
  }
  return values;
}

function varintText(value: bigint, type: string, schema: ProtoSchema): Token | null {
  const names = schema.enums[type];
  if (names !== undefined) {
    const name = names[Number(BigInt.asIntN(32, value))];
    return name === undefined ? token('number', String(value)) : token('keyword', name);
  }
  switch (type) {
    case 'bool':
      return token('keyword', String(value !== 0n));
    case 'int32':
    case 'int64':
      return token('number', String(BigInt.asIntN(64, value)));
    case 'uint32':
    case 'uint64':
      return token('number', String(value));
    case 'sint32':
    case 'sint64':
      return token('number', String((value >> 1n) ^ -(value & 1n)));
    default:
      return null;
  }
}

function fixedText(view: DataView, width: 4 | 8, type: string): Token | null {
  const number = (value: bigint | number): Token => token('number', String(value));
  if (width === 8) {
    if (type === 'double') return number(view.getFloat64(0, true));
    if (type === 'fixed64') return number(view.getBigUint64(0, true));
    return type === 'sfixed64' ? number(view.getBigInt64(0, true)) : null;
  }
  // As many digits as a float has: 0.1, not 0.10000000149011612.
  if (type === 'float') return number(Number(view.getFloat32(0, true).toPrecision(7)));
  if (type === 'fixed32') return number(view.getUint32(0, true));
  return type === 'sfixed32' ? number(view.getInt32(0, true)) : null;
}

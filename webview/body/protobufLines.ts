import type { ProtoField, ProtoSchema } from '../../src/shared/protoSchema.ts';
import { line, token } from './lines.ts';
import type { Line, Token } from './lines.ts';
import { readFields } from './protobufWire.ts';
import type { WireField } from './protobufWire.ts';
import { bytesTokens, packedValues, scalarText } from './protobufScalars.ts';

/** Messages inside messages that are opened. */
const deepest = 12;

/** The message that bytes are, by its full name, where `.proto` files tell of it. */
export interface KnownMessage {
  readonly schema: ProtoSchema;
  readonly type: string;
}

/**
 * Protocol Buffers: by the wire format alone (field numbers, and what the values look like), or with the names that
 * files give them. Null where it is none.
 */
export function protobufLines(bytes: Uint8Array, depth = 0, known: KnownMessage | null = null): readonly Line[] | null {
  const fields = readFields(bytes);
  if (fields === null) return null;
  const lines: Line[] = [];
  for (const field of fields) {
    const declared = known?.schema.messages[known.type]?.[field.number];
    const shown = declared === undefined || known === null ? null : declaredLines(field, declared, known.schema, depth);
    lines.push(...(shown ?? wireLines(field, depth)));
  }
  return withEnds(lines);
}

/** Where a line's fold ends is told by depth alone, so that lines can be put together freely. */
function withEnds(lines: readonly Line[]): readonly Line[] {
  return lines.map((one, index) => {
    if (one.end === null) return one;
    let end = index + 1;
    while (end < lines.length && (lines[end]?.depth ?? 0) > one.depth) end++;
    return { ...one, end };
  });
}

/** As a file declares it; null where the wire has something else. */
function declaredLines(
  field: WireField,
  declared: ProtoField,
  schema: ProtoSchema,
  depth: number,
): readonly Line[] | null {
  const name = token('key', `${declared.name}: `);
  if (declared.mapKey !== undefined) {
    const entry = { 1: { name: 'key', type: declared.mapKey }, 2: { name: 'value', type: declared.type } };
    const type = `${declared.name}Entry`;
    return field.kind === 'bytes'
      ? messageLines(name, field.bytes, depth, {
          schema: { ...schema, messages: { ...schema.messages, [type]: entry } },
          type,
        })
      : null;
  }
  if (schema.messages[declared.type] !== undefined)
    return field.kind === 'bytes' ? messageLines(name, field.bytes, depth, { schema, type: declared.type }) : null;
  const values =
    field.kind === 'bytes' && declared.repeated === true ? packedValues(field.bytes, declared.type, schema) : null;
  const texts = values ?? [scalarText(field, declared.type, schema)];
  const tokens = texts.flatMap((text, index): readonly Token[] =>
    text === null ? [] : [...(index === 0 ? [] : [token('punctuation', ', ')]), text],
  );
  if (tokens.length === 0 && values === null) return null;
  return [
    line(
      depth,
      name,
      ...(values === null ? tokens : [token('punctuation', '['), ...tokens, token('punctuation', ']')]),
    ),
  ];
}

function wireLines(field: WireField, depth: number): readonly Line[] {
  const name = token('key', `${String(field.number)}: `);
  switch (field.kind) {
    case 'varint':
      return [line(depth, name, token('number', String(field.value)))];
    case 'fixed': {
      const { view, width } = field;
      const whole = width === 8 ? view.getBigUint64(0, true) : view.getUint32(0, true);
      const float = width === 8 ? view.getFloat64(0, true) : view.getFloat32(0, true);
      return [line(depth, name, token('number', String(whole)), token('faint', `  float ${String(float)}`))];
    }
    case 'bytes':
      return delimited(name, field.bytes, depth);
  }
}

/** Text where it is text, else a message where it can be one, else bytes. */
function delimited(name: Token, content: Uint8Array, depth: number): readonly Line[] {
  const text = readable(content);
  if (text !== null) return [line(depth, name, token('string', JSON.stringify(text)))];
  const inner = content.length > 0 ? messageLines(name, content, depth, null) : null;
  return inner ?? [line(depth, name, ...bytesTokens(content))];
}

function messageLines(
  name: Token,
  content: Uint8Array,
  depth: number,
  known: KnownMessage | null,
): readonly Line[] | null {
  const inner = depth < deepest ? protobufLines(content, depth + 1, known) : null;
  if (inner === null) return null;
  const folded = [token('faint', ` ${String(inner.length)} … `), token('punctuation', '}')];
  const open = line(depth, name, token('punctuation', '{'));
  return [{ ...open, end: inner.length + 1, folded }, ...inner, line(depth, token('punctuation', '}'))];
}

function readable(content: Uint8Array): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    return /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text) ? null : text;
  } catch {
    return null;
  }
}

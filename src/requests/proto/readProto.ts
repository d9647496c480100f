import type { ProtoField } from '../../shared/protoSchema.ts';
import { protoTokens, type ProtoTokens } from './protoTokens.ts';

/** A message as it is written: the types of its fields are not looked up yet. */
export interface ReadMessage {
  readonly fields: Map<number, ProtoField>;
}

/** What `.proto` files declare, by full names without a dot before them. */
export interface ReadProto {
  readonly messages: Map<string, ReadMessage>;
  readonly enums: Map<string, Map<number, string>>;
  /** By `package.Service/Method`, with types as they are written there and the package in which they are. */
  readonly methods: Map<string, { readonly scope: string; readonly input: string; readonly output: string }>;
}

/** Reads files (proto2, proto3, editions) into one table. What cannot be read of them is passed over. */
export function readProto(texts: readonly string[]): ReadProto {
  const read: ReadProto = { messages: new Map(), enums: new Map(), methods: new Map() };
  for (const text of texts) readFile(protoTokens(text), read);
  return read;
}

function readFile(tokens: ProtoTokens, read: ReadProto): void {
  let scope = '';
  while (tokens.peek() !== '') {
    if (tokens.takeIf('package')) {
      scope = tokens.take();
      tokens.takeIf(';');
    } else if (!readType(tokens, scope, read)) {
      if (tokens.takeIf('service')) readService(tokens, scope, read);
      else tokens.skipStatement();
    }
  }
}

/** Reads a message or an enum. @returns false where what comes is neither. */
function readType(tokens: ProtoTokens, scope: string, read: ReadProto): boolean {
  if (tokens.takeIf('message')) {
    readMessage(tokens, within(scope, tokens.take()), read);
    return true;
  }
  if (!tokens.takeIf('enum')) return false;
  const values = new Map<number, string>();
  read.enums.set(within(scope, tokens.take()), values);
  tokens.takeIf('{');
  while (tokens.peek() !== '' && !tokens.takeIf('}')) {
    const name = tokens.take();
    const number = tokens.takeIf('=') ? Number(tokens.peek()) : NaN;
    if (Number.isInteger(number) && name !== 'option') values.set(number, values.get(number) ?? name);
    if (name !== ';') tokens.skipStatement();
  }
  return true;
}

function readMessage(tokens: ProtoTokens, name: string, read: ReadProto): void {
  const fields = new Map<number, ProtoField>();
  read.messages.set(name, { fields });
  if (!tokens.takeIf('{')) return;
  readMembers(tokens, name, fields, read);
}

function readMembers(tokens: ProtoTokens, name: string, fields: Map<number, ProtoField>, read: ReadProto): void {
  while (tokens.peek() !== '' && !tokens.takeIf('}')) {
    if (tokens.takeIf(';') || readType(tokens, name, read)) continue;
    if (tokens.takeIf('oneof')) {
      tokens.take();
      tokens.takeIf('{');
      readMembers(tokens, name, fields, read);
    } else if (['option', 'reserved', 'extensions', 'extend'].includes(tokens.peek())) tokens.skipStatement();
    else readField(tokens, name, fields, read);
  }
}

function readField(tokens: ProtoTokens, scope: string, fields: Map<number, ProtoField>, read: ReadProto): void {
  const isRepeated = tokens.takeIf('repeated');
  for (const label of ['optional', 'required']) if (tokens.takeIf(label)) break;
  const type = tokens.take();
  let mapKey: string | undefined;
  let valueType = type;
  if (type === 'map' && tokens.takeIf('<')) {
    mapKey = tokens.take();
    tokens.takeIf(',');
    valueType = tokens.take();
    tokens.takeIf('>');
  }
  const name = tokens.take();
  if (!tokens.takeIf('=')) {
    tokens.skipStatement();
    return;
  }
  const number = Number(tokens.take());
  if (type === 'group') {
    while (!['{', ''].includes(tokens.peek())) tokens.take();
    readMessage(tokens, within(scope, name), read);
    fields.set(number, { name: name.toLowerCase(), type: name });
    return;
  }
  if (Number.isInteger(number))
    fields.set(number, {
      ...{ name, type: valueType },
      ...(isRepeated ? { repeated: true } : {}),
      ...(mapKey === undefined ? {} : { mapKey }),
    });
  tokens.skipStatement();
}

function readService(tokens: ProtoTokens, scope: string, read: ReadProto): void {
  const service = within(scope, tokens.take());
  tokens.takeIf('{');
  while (tokens.peek() !== '' && !tokens.takeIf('}')) {
    if (tokens.takeIf(';')) continue;
    if (!tokens.takeIf('rpc')) {
      tokens.skipStatement();
      continue;
    }
    const method = tokens.take();
    const input = messageName(tokens);
    tokens.takeIf('returns');
    read.methods.set(`${service}/${method}`, { scope: service, input, output: messageName(tokens) });
    tokens.skipStatement();
  }
}

/** `( [stream] Type )` */
function messageName(tokens: ProtoTokens): string {
  tokens.takeIf('(');
  let name = tokens.take();
  if (name === 'stream' && tokens.peek() !== ')') name = tokens.take();
  tokens.takeIf(')');
  return name;
}

function within(scope: string, name: string): string {
  return scope === '' ? name : `${scope}.${name}`;
}

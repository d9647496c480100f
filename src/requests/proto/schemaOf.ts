import type { ProtoField, ProtoSchema } from '../../shared/protoSchema.ts';
import type { ReadProto } from './readProto.ts';

/** Which message a body is: of a call to a method, or one that its content type names. */
export interface AskedMessage {
  /** The request's path, as `/package.Service/Method` at its end. */
  readonly path: string;
  readonly contentType: string | null;
  readonly side: 'request' | 'response';
}

/** What is needed to read that message; null where no file tells which it is. */
export function schemaOf(read: ReadProto, { path, contentType, side }: AskedMessage): ProtoSchema | null {
  const named = /;\s*(?:messagetype|proto)\s*=\s*"?([\w.]+)"?/i.exec(contentType ?? '')?.[1];
  const method = read.methods.get(
    path
      .replace(/[?#].*$/s, '')
      .split('/')
      .slice(-2)
      .join('/'),
  );
  const written = method?.[side === 'request' ? 'input' : 'output'];
  const root = named ?? (written === undefined ? undefined : resolve(read, written, method?.scope ?? ''));
  if (root === undefined || !read.messages.has(root)) return null;
  return reachable(read, root);
}

/** Only what the message needs: files of a workspace may declare thousands. */
function reachable(read: ReadProto, root: string): ProtoSchema {
  const messages: Record<string, Record<number, ProtoField>> = {};
  const enums: Record<string, Record<number, string>> = {};
  const waiting = [root];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    const message = read.messages.get(name);
    if (message === undefined || name in messages) continue;
    const fields: Record<number, ProtoField> = {};
    messages[name] = fields;
    for (const [number, field] of message.fields) {
      const type = resolve(read, field.type, name) ?? field.type;
      fields[number] = { ...field, type };
      const values = read.enums.get(type);
      if (values !== undefined) enums[type] = Object.fromEntries(values);
      waiting.push(type);
    }
  }
  return { root, messages, enums };
}

/** A name is looked for in its own scope first, then in those around it. */
function resolve(read: ReadProto, name: string, scope: string): string | undefined {
  const isKnown = (full: string): boolean => read.messages.has(full) || read.enums.has(full);
  if (name.startsWith('.')) return isKnown(name.slice(1)) ? name.slice(1) : undefined;
  for (let around = scope; ; around = around.slice(0, Math.max(0, around.lastIndexOf('.')))) {
    const full = around === '' ? name : `${around}.${name}`;
    if (isKnown(full)) return full;
    if (around === '') return undefined;
  }
}

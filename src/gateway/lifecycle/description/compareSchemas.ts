import { plain, text } from '../../../shared/text.ts';
import { isRecord } from './checkShape.ts';
import { resolved } from './operations.ts';

type Members = Readonly<Record<string, unknown>>;

/** One difference between two schemas; `breaking` for whoever sends (a request) or reads (an answer) by the old one. */
export interface SchemaChange {
  readonly breaking: boolean;
  readonly message: string;
}

/** How deep differences are looked for; schemas may contain themselves. */
const deepest = 6;

/** Compares what programs send, or what they read, member by member. */
export function compareSchemas(
  before: Members,
  after: Members,
  one: unknown,
  other: unknown,
  side: 'request' | 'answer',
  name = '',
): readonly SchemaChange[] {
  const [old, now] = [resolved(before, one), resolved(after, other)];
  if (!isRecord(old) || !isRecord(now) || name.split('.').length > deepest) return [];
  const changes: SchemaChange[] = [];
  const [oldTypes, newTypes] = [typesOf(old), typesOf(now)];
  const lost = oldTypes.filter(
    (type) => !newTypes.includes(type) && !(type === 'integer' && newTypes.includes('number')),
  );
  const gained = newTypes.filter((type) => !oldTypes.includes(type));
  if (oldTypes.length > 0 && newTypes.length > 0 && (lost.length > 0 || gained.length > 0)) {
    // A sender minds what is no longer taken, a reader what may come besides.
    const breaking = side === 'request' ? lost.length > 0 : gained.length > 0;
    const types = text('{0} is {1} now', name === '' ? 'the body' : name, newTypes.join(' or '));
    return [{ breaking, message: plain(types) }];
  }
  const olds = isRecord(old.properties) ? old.properties : {};
  const news = isRecord(now.properties) ? now.properties : {};
  const within = (member: string): string => (name === '' ? member : `${name}.${member}`);
  for (const [member, schema] of Object.entries(olds))
    if (Object.hasOwn(news, member))
      changes.push(...compareSchemas(before, after, schema, news[member], side, within(member)));
    else changes.push({ breaking: side === 'answer', message: plain(text('{0} is gone', within(member))) });
  const oldRequired = requiredOf(old);
  for (const member of Object.keys(news)) {
    const needs = requiredOf(now).includes(member) && !oldRequired.includes(member);
    if (needs && side === 'request')
      changes.push({ breaking: true, message: plain(text('{0} is required now', within(member))) });
    else if (!Object.hasOwn(olds, member))
      changes.push({ breaking: false, message: plain(text('{0} is added', within(member))) });
  }
  if (side === 'answer')
    for (const member of oldRequired)
      if (Object.hasOwn(news, member) && !requiredOf(now).includes(member))
        changes.push({ breaking: true, message: plain(text('{0} may be missing now', within(member))) });
  changes.push(...compareSchemas(before, after, old.items, now.items, side, `${name}[]`));
  return changes;
}

function typesOf({ type, nullable }: Members): readonly string[] {
  const types = (Array.isArray(type) ? (type as readonly unknown[]) : [type]).filter((one) => typeof one === 'string');
  return nullable === true && types.length > 0 ? [...types, 'null'] : types;
}

function requiredOf({ required }: Members): readonly string[] {
  return Array.isArray(required) ? (required as readonly unknown[]).map(String) : [];
}

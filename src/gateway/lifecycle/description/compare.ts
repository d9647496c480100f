import type { DescriptionChange } from '../../../shared/lifecycle.ts';
import { plain, text, type Text } from '../../../shared/text.ts';
import { isRecord } from './checkShape.ts';
import { compareSchemas } from './compareSchemas.ts';
import { listOperations, parametersOf, resolved, type Operation } from './operations.ts';

type Members = Readonly<Record<string, unknown>>;

/** What differs between two descriptions, and whether a program that worked may stop working for it. */
export function compareDescriptions(before: Members, after: Members): readonly DescriptionChange[] {
  const changes: DescriptionChange[] = [];
  const olds = byKey(listOperations(before));
  const news = byKey(listOperations(after));
  for (const [key, operation] of olds) {
    const other = news.get(key);
    if (other === undefined) changes.push(change('removed', true, operation, text('{0} is gone', nameOf(operation))));
    else changes.push(...compareOperations(before, after, operation, other));
  }
  for (const [key, operation] of news)
    if (!olds.has(key)) changes.push(change('added', false, operation, text('{0} is added', nameOf(operation))));
  if (JSON.stringify(before.servers ?? []) !== JSON.stringify(after.servers ?? []))
    changes.push(change('changed', false, null, text('The servers have changed')));
  if (changes.length === 0 && JSON.stringify(withoutVersion(before)) !== JSON.stringify(withoutVersion(after)))
    changes.push(change('changed', false, null, text('Texts or components have changed')));
  return changes;
}

function compareOperations(
  before: Members,
  after: Members,
  one: Operation,
  other: Operation,
): readonly DescriptionChange[] {
  const changes: DescriptionChange[] = [];
  const say = (breaking: boolean, message: Text): void =>
    void changes.push(change('changed', breaking, other, message));
  if (!one.deprecated && other.deprecated) say(false, text('is deprecated'));
  if (one.id !== other.id) say(false, text('operationId is {0} now', other.id ?? text('none').message));
  const olds = keyed(parametersOf(before, one));
  const news = keyed(parametersOf(after, other));
  for (const [key, parameter] of news) {
    const old = olds.get(key);
    if (old === undefined && parameter.required === true) say(true, text('needs the parameter {0} now', key));
    else if (old === undefined) say(false, text('takes the parameter {0} now', key));
    else if (old.required !== true && parameter.required === true) say(true, text('needs the parameter {0} now', key));
  }
  for (const key of olds.keys()) if (!news.has(key)) say(true, text('takes the parameter {0} no more', key));
  const body = (root: Members, { value }: Operation): Members | null => {
    const found = resolved(root, value.requestBody);
    return isRecord(found) ? found : null;
  };
  const [oldBody, newBody] = [body(before, one), body(after, other)];
  if (newBody?.required === true && oldBody?.required !== true) say(true, text('needs a request body now'));
  if (oldBody !== null && newBody === null) say(true, text('takes no request body any more'));
  for (const { breaking, message } of compareContent(before, after, oldBody, newBody, 'request'))
    say(breaking, text('request: {0}', message));
  for (const [status, old] of answers(before, one)) {
    const now = answers(after, other).get(status);
    if (now === undefined) say(status.startsWith('2'), text('answers {0} no more', status));
    else
      for (const { breaking, message } of compareContent(before, after, old, now, 'answer'))
        say(breaking, text('answer {0}: {1}', status, message));
  }
  for (const status of answers(after, other).keys())
    if (!answers(before, one).has(status)) say(false, text('may answer {0} now', status));
  return changes;
}

function compareContent(
  before: Members,
  after: Members,
  one: Members | null,
  other: Members | null,
  side: 'request' | 'answer',
): readonly { readonly breaking: boolean; readonly message: string }[] {
  const olds = contentOf(one);
  const news = contentOf(other);
  return Object.entries(olds).flatMap(([type, old]) => {
    const now = news[type];
    if (now === undefined) return other === null ? [] : [{ breaking: true, message: plain(text('{0} is gone', type)) }];
    return compareSchemas(before, after, schemaOf(old), schemaOf(now), side);
  });
}

function contentOf(holder: Members | null): Members {
  return holder !== null && isRecord(holder.content) ? holder.content : {};
}

function schemaOf(media: unknown): unknown {
  return isRecord(media) ? media.schema : undefined;
}

function answers(root: Members, { value }: Operation): ReadonlyMap<string, Members> {
  const declared = isRecord(value.responses) ? value.responses : {};
  return new Map(
    Object.entries(declared).flatMap(([status, one]) => {
      const answer = resolved(root, one);
      return isRecord(answer) ? [[status, answer] as const] : [];
    }),
  );
}

function byKey(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
  return new Map(operations.map((one) => [`${one.method} ${one.template.replace(/\{[^{}]*\}/g, '{}')}`, one]));
}

function keyed(parameters: readonly { readonly value: Members }[]): ReadonlyMap<string, Members> {
  return new Map(
    parameters.flatMap(({ value }) =>
      // Names of path parameters are nobody's business but the description's.
      value.in === 'path' ? [] : [[`${String(value.in)}:${String(value.name)}`, value] as const],
    ),
  );
}

function nameOf({ method, template }: Operation): string {
  return `${method} ${template}`;
}

function change(
  kind: DescriptionChange['kind'],
  breaking: boolean,
  operation: Operation | null,
  message: Text,
): DescriptionChange {
  return { kind, breaking, operation: operation === null ? null : nameOf(operation), message: plain(message) };
}

function withoutVersion(description: Members): Members {
  const info = isRecord(description.info) ? description.info : {};
  return { ...description, info: { ...info, version: null } };
}

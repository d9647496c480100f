import { parse } from 'jsonc-parser';
import { removeMemberIn, setMembersIn } from '../commands/catalogueMembers.ts';
import type { Field, Form } from './detail.ts';

/** What was typed or chosen, field by field; what is null was not sent. */
export type FormValues = readonly (string | boolean | readonly string[] | null)[];

/** The text of `tollgate.jsonc` with what was changed in a form. Fields that say what they said are left alone. */
export function withForm(text: string, { path, fields }: Form, values: FormValues): string {
  return fields.reduce((before, field, index) => {
    const value = values[index] ?? null;
    if (value === null || same(value, field.value)) return before;
    const at = [...path, ...field.path.slice(0, -1)];
    const after = setMembersIn(before, at, { [field.path.at(-1) ?? '']: memberOf(field, value) });
    return field.path.length > 1 && isEmpty(after, at) ? removeMemberIn(after, at) : after;
  }, text);
}

function memberOf(field: Field, value: NonNullable<FormValues[number]>): unknown {
  switch (field.kind) {
    case 'check':
      return value === true ? true : undefined;
    case 'number':
      return value === '' ? undefined : Number(value);
    case 'list': {
      const members = String(value)
        .split(',')
        .map((one) => one.trim())
        .filter((one) => one !== '');
      return members.length === 0 ? undefined : members;
    }
    case 'choices':
      return Array.isArray(value) && value.length > 0 ? value : undefined;
    case 'choice':
      // A choice of statuses is of numbers.
      return value === '' ? undefined : /^\d+$/.test(String(value)) ? Number(value) : value;
    case 'text':
    case 'area':
      return String(value).trim() === '' ? undefined : String(value).trim();
  }
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** What says nothing without an amount. */
const companions: ReadonlySet<string> = new Set(['per', 'status', 'currency']);

function isEmpty(text: string, path: readonly string[]): boolean {
  let value: unknown = parse(text, [], { allowTrailingComma: true });
  for (const name of path)
    value = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof value === 'object' && value !== null && Object.keys(value).every((name) => companions.has(name));
}

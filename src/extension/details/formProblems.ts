import type { Field, Form } from './detail.ts';
import type { FormValues } from './formChange.ts';

/** What is wrong with what was typed, field by field, in words for people; null for nothing. */
export function formProblems({ fields }: Form, values: FormValues): readonly (string | null)[] {
  const textOf = (path: string): string => {
    const value = values[fields.findIndex((one) => one.path.join() === path)];
    return typeof value === 'string' ? value.trim() : '';
  };
  return fields.map((field, index) => {
    const value = values[index] ?? null;
    if (typeof value !== 'string') return null;
    const text = value.trim();
    if (text === '') return field.needed ?? null;
    if (field.wrong !== undefined && !isRight(field, text)) return field.wrong;
    return field.goesWith !== undefined && textOf(field.goesWith.path.join()) === '' ? field.goesWith.message : null;
  });
}

function isRight(field: Field, text: string): boolean {
  switch (field.kind) {
    case 'number': {
      const number = Number(text);
      const { least = 1, most = Number.POSITIVE_INFINITY, above = Number.NEGATIVE_INFINITY } = field;
      return number >= least && number <= most && number > above && (field.step !== '1' || Number.isInteger(number));
    }
    case 'text':
    case 'area':
      return field.pattern === undefined
        ? text.length <= (field.longest ?? text.length)
        : new RegExp(`^(?:${field.pattern})$`).test(text);
    case 'list':
    case 'check':
    case 'choice':
    case 'choices':
      return true;
  }
}

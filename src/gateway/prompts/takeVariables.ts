import { plain, text } from '../../shared/text.ts';
import type { PromptVariable } from '../../shared/prompts.ts';
import { nearestName } from '../nearestName.ts';
import type { PromptText } from './promptText.ts';

/** What is wrong with one field of a request. */
export interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

/** Takes the values of a prompt's variables from a request, with defaults; or says which fields are wrong. */
export function takeVariables(
  { variables }: Pick<PromptText, 'variables'>,
  given: Readonly<Record<string, unknown>>,
): { readonly values: ReadonlyMap<string, unknown>; readonly problems: readonly FieldProblem[] } {
  const values = new Map<string, unknown>();
  const problems: FieldProblem[] = [];
  const names = variables.map(({ name }) => name);
  for (const field of Object.keys(given))
    if (field !== 'stream' && !names.includes(field)) {
      const nearest = nearestName(field, names);
      const meant = nearest === null ? '' : ` ${plain(text('Did you mean "{0}"?', nearest))}`;
      problems.push({ field, message: plain(text('The prompt has no variable "{0}".', field)) + meant });
    }
  for (const variable of variables) {
    const { name, required } = variable;
    const value = Object.hasOwn(given, name) ? given[name] : undefined;
    if (value === undefined || value === null) {
      if (required) problems.push({ field: name, message: plain(text('"{0}" is missing.', name)) });
      else values.set(name, variable.default ?? '');
      continue;
    }
    const wrong = mismatch(variable, value);
    if (wrong === null) values.set(name, value);
    else problems.push({ field: name, message: wrong });
  }
  if (given.stream !== undefined && typeof given.stream !== 'boolean')
    problems.push({ field: 'stream', message: plain(text('"{0}" has to be {1}.', 'stream', 'boolean')) });
  return { values, problems };
}

/** Why a variable cannot have a value, or null. */
export function mismatch(
  { name, type, choices, maxLength = null }: Omit<PromptVariable, 'default'> & { readonly maxLength?: number | null },
  value: unknown,
): string | null {
  if (!isOfType(type, value))
    return type === 'image'
      ? plain(text('"{0}" has to be an image: a URL that begins with data:image/ or https:.', name))
      : plain(text('"{0}" has to be {1}.', name, type));
  if (choices !== null && !choices.some((choice) => choice === value))
    return plain(text('"{0}" has to be one of {1}.', name, choices.map((one) => JSON.stringify(one)).join(', ')));
  if (maxLength !== null && typeof value === 'string' && value.length > maxLength)
    return plain(text('"{0}" is longer than {1} characters.', name, maxLength));
  return null;
}

const imageUrl = /^(?:data:image\/[\w.+-]+;base64,[A-Za-z0-9+/=\s]+|https:\/\/\S+)$/;

function isOfType(type: PromptVariable['type'], value: unknown): boolean {
  switch (type) {
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'image':
      return typeof value === 'string' && imageUrl.test(value);
    case 'string':
    case 'boolean':
      return typeof value === type;
  }
}

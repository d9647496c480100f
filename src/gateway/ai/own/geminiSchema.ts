import { isObject } from '../translate/fields.ts';
import type { Json } from '../translation.ts';

/** A schema in the words of OpenAPI 3.0, of which Gemini takes a part (ai.google.dev/api/caching#Schema). */
export type GeminiSchema = Json | undefined;

/** Undefined for an object without members; null where the schema refers, or mixes what Gemini does not. */
export function geminiSchema(schema: unknown): GeminiSchema | null {
  try {
    return isEmpty(schema) ? undefined : converted(schema);
  } catch (error) {
    if (error instanceof Exotic) return null;
    throw error;
  }
}

/** Says that only the vendor's package knows. */
class Exotic extends Error {}

function converted(schema: unknown): Json {
  if (!isObject(schema) || schema.$ref !== undefined || schema.const !== undefined || schema.allOf !== undefined)
    throw new Exotic();
  const { description } = schema;
  if (isEmpty(schema)) return { type: 'object', ...(truthy(description) ? { description } : {}) };
  const { required, format, properties, items, anyOf, oneOf, minLength } = schema;
  const result: Record<string, unknown> = {
    ...(truthy(description) ? { description } : {}),
    ...(truthy(required) ? { required } : {}),
    ...(truthy(format) ? { format } : {}),
    ...typeOf(schema),
  };
  if (isObject(properties))
    result.properties = Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, converted(one)]));
  if (Array.isArray(items)) throw new Exotic();
  if (items != null) result.items = converted(items);
  if (anyOf !== undefined) Object.assign(result, anyOfThem(anyOf));
  if (Array.isArray(oneOf)) result.oneOf = oneOf.map(converted);
  return { ...result, ...(minLength === undefined ? {} : { minLength }) };
}

/** `null` among the types is a flag there. */
function typeOf({ type, enum: values }: Json): Json {
  const types = Array.isArray(type) ? (type as readonly unknown[]) : type === undefined ? [] : [type];
  const rest = types.filter((one) => one !== 'null');
  if (rest.length > 1 || (rest.length === 0 && types.length > 0)) throw new Exotic();
  const nullable = types.length > rest.length ? { nullable: true } : {};
  if (values === undefined) return rest.length === 0 ? {} : { type: rest[0], ...nullable };
  const listed = Array.isArray(values) ? (values as readonly unknown[]) : [];
  if (listed.length === 0 || !listed.every((one) => typeof one === 'string') || (rest[0] ?? 'string') !== 'string')
    throw new Exotic();
  return { type: 'string', ...nullable, enum: listed };
}

function anyOfThem(anyOf: unknown): Json {
  if (!Array.isArray(anyOf)) throw new Exotic();
  const some = (anyOf as readonly unknown[]).filter((one) => !(isObject(one) && one.type === 'null'));
  if (some.length === anyOf.length) return { anyOf: some.map(converted) };
  const [only] = some;
  return some.length === 1 ? { nullable: true, ...converted(only) } : { anyOf: some.map(converted), nullable: true };
}

function isEmpty(schema: unknown): boolean {
  if (!isObject(schema) || schema.type !== 'object' || schema.$ref !== undefined) return false;
  const { properties, additionalProperties } = schema;
  return (properties == null || Object.keys(properties).length === 0) && !truthy(additionalProperties);
}

function truthy(value: unknown): boolean {
  return Boolean(value);
}

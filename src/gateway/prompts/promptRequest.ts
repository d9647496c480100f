import type { PromptFrontMatter } from '../../shared/promptFrontMatter.ts';
import type { ChatMessage } from './messages.ts';

/** The request in OpenAI's format that a prompt makes. */
export function promptRequest(
  name: string,
  { model, parameters = {}, output, structured = 'schema' }: PromptFrontMatter,
  messages: readonly ChatMessage[],
  asked: { readonly stream: boolean; readonly model: string | null },
): Readonly<Record<string, unknown>> {
  const told = output === undefined || structured === 'schema' ? messages : [...schemaMessage(output), ...messages];
  return {
    model: asked.model ?? model,
    messages: told,
    ...parameters,
    ...(output === undefined || structured === 'instructions'
      ? {}
      : { response_format: formatOf(name, output, structured) }),
    ...(asked.stream ? { stream: true, stream_options: { include_usage: true } } : {}),
  };
}

function formatOf(name: string, schema: object, structured: 'schema' | 'json'): object {
  if (structured === 'json') return { type: 'json_object' };
  const known = name.replace(/[^\w-]/g, '_');
  return { type: 'json_schema', json_schema: { name: known, schema, strict: isStrict(schema) } };
}

function schemaMessage(schema: object): readonly ChatMessage[] {
  const content = `Answer with JSON alone, without a fence. It has to match this JSON schema:\n${JSON.stringify(schema)}`;
  return [{ role: 'system', content }];
}

/**
 * Whether a schema is one that OpenAI's strict mode takes: every object closed, and each of its members required
 * (platform.openai.com/docs/guides/structured-outputs, "Supported schemas").
 */
function isStrict(schema: unknown): boolean {
  if (Array.isArray(schema)) return schema.every(isStrict);
  if (typeof schema !== 'object' || schema === null) return true;
  const { type, properties, required, additionalProperties } = schema as Readonly<Record<string, unknown>>;
  if (type === 'object' || properties !== undefined) {
    const names = typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
    const wanted = Array.isArray(required) ? (required as readonly unknown[]) : [];
    if (additionalProperties !== false || !names.every((name) => wanted.includes(name))) return false;
  }
  return Object.values(schema).every(isStrict);
}

import type { Target } from './findTarget.ts';
import type { Operation } from './operations.ts';
import { withModel, type RequestModel } from './requestModel.ts';

type Json = Readonly<Record<string, unknown>>;

/** A request for a vendor that speaks its dialect. */
export interface Patched {
  readonly body: Buffer;
  /** Whether the stream will tell its usage without the client having asked. */
  readonly hidesUsage: boolean;
  /** Fields that were left out. */
  readonly ignored: readonly string[];
}

const usageMember = Buffer.from('"stream_options":{"include_usage":true},');

/**
 * Patches a request: the model's name always, what the vendor does not take where it does not, and the wish for usage
 * where a stream would not tell it. Every byte that need not change is as the client sent it.
 */
export function patched(body: Buffer, found: RequestModel, target: Target, operation: Operation): Patched {
  const named = withModel(body, found, target.model, true);
  if (operation !== 'chat' && operation !== 'completions') return { body: named, hidesUsage: false, ignored: [] };
  const json = JSON.parse(body.toString('utf8')) as Json;
  const { quirks } = target.provider;
  const hidesUsage = json.stream === true && !asksForUsage(json) && !quirks.includes('noStreamOptions');
  const { changed, ignored } = operation === 'chat' ? withoutQuirks(json, target) : { changed: json, ignored: [] };
  if (changed === json && (!hidesUsage || json.stream_options === undefined)) {
    const brace = named.indexOf('{') + 1;
    const whole = hidesUsage ? Buffer.concat([named.subarray(0, brace), usageMember, named.subarray(brace)]) : named;
    return { body: whole, hidesUsage, ignored };
  }
  const options = typeof json.stream_options === 'object' ? json.stream_options : {};
  const usage = hidesUsage ? { stream_options: { ...options, include_usage: true } } : {};
  return { body: Buffer.from(JSON.stringify({ ...changed, model: target.model, ...usage })), hidesUsage, ignored };
}

function asksForUsage({ stream_options: options }: Json): boolean {
  return (
    typeof options === 'object' && options !== null && 'include_usage' in options && options.include_usage === true
  );
}

/** The same object where there is nothing to change. */
function withoutQuirks(json: Json, { provider: { quirks } }: Target): { changed: Json; ignored: readonly string[] } {
  let changed = json;
  const ignored: string[] = [];
  if (quirks.includes('maxTokens') && json.max_completion_tokens !== undefined && json.max_tokens === undefined) {
    const { max_completion_tokens: most, ...rest } = changed;
    changed = { ...rest, max_tokens: most };
  }
  if (quirks.includes('noStore') && json.store !== undefined) {
    const { store, ...rest } = changed;
    changed = rest;
    if (store === true) ignored.push('store');
  }
  if (quirks.includes('noDeveloper') && Array.isArray(json.messages) && json.messages.some(isFromDeveloper))
    changed = {
      ...changed,
      messages: json.messages.map((one: Json) => (isFromDeveloper(one) ? { ...one, role: 'system' } : one)),
    };
  return { changed, ignored };
}

function isFromDeveloper(message: unknown): boolean {
  return typeof message === 'object' && message !== null && 'role' in message && message.role === 'developer';
}

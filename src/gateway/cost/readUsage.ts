import type { TokenKinds } from '../../shared/exchange.ts';
import { readFields, type Reading } from './usageFields.ts';

/** What an answer tells of its cost. `model` is null where it names none. */
export interface AnswerUsage extends Reading {
  readonly model: string | null;
}

/** A key that stands in JSON itself and not in a text of it, where its quotes would be escaped. */
const counts = /(?<!\\)"(?:usage|usageMetadata|usage_metadata|billed_units)"\s*:\s*\{/g;
const models = /(?<!\\)"(?:model|modelVersion)"\s*:\s*"([^"\\]{1,200})"/;
const tiers = /(?<!\\)"service_tier"\s*:\s*"(flex|batch)"/;
/** Longer objects of counts there are none. */
const longest = 8192;

/**
 * Finds the counts in an answer's text, be it JSON or a stream of it (SSE, NDJSON). Only the objects of counts are
 * parsed, so that a long answer costs little and one of which the middle is missing still tells. Null where there are none.
 * `tail` is the end of an answer of which only the beginning was kept; nothing but numbers is taken from it.
 */
export function readUsage(beginning: string, tail = ''): AnswerUsage | null {
  const text = beginning + tail;
  // Without the quote, which is everywhere in JSON: looked for by its first character, that takes a hundredth.
  if (!text.includes('usage') && !text.includes('billed_units')) return null;
  const places = [...text.matchAll(counts)].map(({ index, 0: { length } }) => index + length - 1);
  // A stream counts on: its last word holds, and its first what the last does not repeat.
  const last = lastOf(places, text);
  if (last === null) return null;
  const first = places[0] === undefined || places[0] === last.at ? null : objectAt(text, places[0]);
  const reading = readFields({ ...first, ...withoutGaps(last.json) }) ?? readFields(last.json);
  if (reading === null) return null;
  // OpenAI names the tier beside the counts.
  const tier = reading.usage.kinds?.tier ?? (tiers.exec(text)?.[1] as TokenKinds['tier']);
  const usage = tier === undefined ? reading.usage : { ...reading.usage, kinds: { ...reading.usage.kinds, tier } };
  return { ...reading, usage, model: models.exec(beginning)?.[1] ?? null };
}

type Json = Readonly<Record<string, unknown>>;

/** Some vendors end with an object that counts nothing, and tools may have members of that name. */
function lastOf(places: readonly number[], text: string): { readonly at: number; readonly json: Json } | null {
  for (const at of places.slice(-20).reverse()) {
    const json = objectAt(text, at);
    if (json !== null && readFields(json) !== null) return { at, json };
  }
  return null;
}

function withoutGaps(json: Json): Json {
  return Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null));
}

function objectAt(text: string, start: number): Json | null {
  let depth = 0;
  const limit = Math.min(text.length, start + longest);
  for (let at = start; at < limit; at++) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
      continue;
    }
    if (character === '{') depth++;
    if (character === '}' && --depth === 0) return parsed(text.slice(start, at + 1));
  }
  return null;
}

function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return text.length;
}

function parsed(json: string): Json | null {
  try {
    return JSON.parse(json) as Json;
  } catch {
    return null;
  }
}

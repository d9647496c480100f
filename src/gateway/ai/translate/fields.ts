import { Untranslatable, type Json } from '../translation.ts';

/** Reads members of a request, and knows which of them nobody read. */
export class Fields {
  readonly #json: Json;
  readonly #read = new Set<string>();
  readonly #ignored: string[] = [];

  constructor(json: Json) {
    this.#json = json;
  }

  any(name: string): unknown {
    this.#read.add(name);
    return this.#json[name];
  }

  number(name: string): number | undefined {
    const value = this.any(name) ?? undefined;
    if (value === undefined || typeof value === 'number') return value;
    throw new Untranslatable(`"${name}" has to be a number.`, name);
  }

  string(name: string): string | undefined {
    const value = this.any(name) ?? undefined;
    if (value === undefined || typeof value === 'string') return value;
    throw new Untranslatable(`"${name}" has to be a string.`, name);
  }

  flag(name: string): boolean | undefined {
    const value = this.any(name) ?? undefined;
    if (value === undefined || typeof value === 'boolean') return value;
    throw new Untranslatable(`"${name}" has to be true or false.`, name);
  }

  object(name: string): Json | undefined {
    const value = this.any(name) ?? undefined;
    if (value === undefined || isObject(value)) return value;
    throw new Untranslatable(`"${name}" has to be an object.`, name);
  }

  list(name: string): readonly unknown[] | undefined {
    const value = this.any(name) ?? undefined;
    if (value === undefined || Array.isArray(value)) return value as readonly unknown[] | undefined;
    throw new Untranslatable(`"${name}" has to be a list.`, name);
  }

  /** Reads a member whose usual values ask for nothing. */
  usual(name: string, ...values: readonly unknown[]): void {
    const value = this.any(name) ?? undefined;
    if (value === undefined || values.some((one) => JSON.stringify(one) === JSON.stringify(value))) return;
    this.ignore(name);
  }

  /** Notes something that has no place in the target's dialect. */
  ignore(name: string): void {
    this.#ignored.push(name);
  }

  /** All that was noted, and all members that nobody read. */
  ignored(): readonly string[] {
    const unread = Object.keys(this.#json).filter((name) => !this.#read.has(name) && this.#json[name] != null);
    return [...this.#ignored, ...unread];
  }
}

/** Whether a value is a JSON object. */
export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member that is text; empty where it is none. */
export function textOf(json: Json, name: string): string {
  const value = json[name];
  return typeof value === 'string' ? value : '';
}

/** Parsed JSON, or the text itself where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

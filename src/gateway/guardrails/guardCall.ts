import type { Failure } from '../../shared/exchange.ts';
import type { Change } from '../../shared/stages.ts';
import { plain, text } from '../../shared/text.ts';
import { bodyFilter, type BodyFilter, type Swap } from './bodyFilter.ts';
import { look, type Find, type Guard } from './guards.ts';

/** A request as guardrails leave it. */
export type Guarded =
  { readonly kind: 'passes'; readonly body: Buffer } | { readonly kind: 'blocked'; readonly failure: Failure };

/** What guardrails do for one call. What they replaced is remembered for its answer, and no longer. */
export interface GuardCall {
  request(body: Buffer, contentType: string): Guarded;
  /** For the client; null where nothing is to be changed, or the answer is no text. */
  answer(contentType: string): BodyFilter | null;
  /** The same for the log, in which nothing that was found stands. */
  logged(contentType: string): BodyFilter | null;
  /** A body for the log. */
  veiled(body: Buffer, contentType: string): Buffer;
  /** What was found so far, by way; each is told once. */
  changes(): readonly Change[];
}

type Way = 'request' | 'response';
type Action = Extract<Change, { kind: 'guarded' }>['action'];

/** Begins a call. */
export function guardCall(guards: readonly Guard[]): GuardCall {
  const byValue = new Map<string, string>();
  const byPlaceholder = new Map<string, string>();
  const counts = new Map<string, { way: Way; guard: string; action: Action; count: number }>();
  const numbers = new Map<string, number>();
  const own = guards.some((one) => one.own !== null);
  const answering = guards.filter(({ answers }) => answers);
  let blocked: string | null = null;

  const count = (way: Way, { guard, what }: Pick<Find, 'guard' | 'what'>, action: Action): void => {
    const key = `${way} ${guard.name} ${what} ${action}`;
    const known = counts.get(key) ?? { way, guard: `${guard.name}: ${what}`, action, count: 0 };
    known.count++;
    counts.set(key, known);
  };
  const placeholder = (value: string, what: string): string => {
    const known = byValue.get(value);
    if (known !== undefined) return known;
    const number = (numbers.get(what) ?? 0) + 1;
    numbers.set(what, number);
    const made = `[${what.toUpperCase()}_${String(number)}]`;
    byValue.set(value, made);
    byPlaceholder.set(made, value);
    return made;
  };
  const replaced = (text: string, using: readonly Guard[], replace: (value: string, find: Find) => string): string => {
    const finds = look(text, using);
    // A pattern that takes too long decides nothing: the text is withheld whole.
    if (finds === null) return withheld;
    let result = '';
    let at = 0;
    for (const find of finds) {
      result += text.slice(at, find.start) + replace(text.slice(find.start, find.end), find);
      at = find.end;
    }
    return finds.length === 0 ? text : result + text.slice(at);
  };

  const outward: Swap = (text) =>
    replaced(text, guards, (value, find) => {
      const { action } = find.guard;
      if (action === 'block') blocked = find.what;
      count('request', find, action === 'block' ? 'blocked' : action === 'mask' ? 'masked' : 'replaced');
      return action === 'reversible' ? placeholder(value, find.what) : `[${find.what.toUpperCase()}]`;
    });
  const restored: Swap = (text) =>
    byPlaceholder.size === 0
      ? text
      : text.replace(/\[[A-Z][A-Z0-9]*_\d+\]/g, (found) => {
          const value = byPlaceholder.get(found);
          if (value !== undefined) {
            const guard = guards.find(({ action }) => action === 'reversible');
            if (guard !== undefined)
              count('response', { guard, what: found.slice(1, found.lastIndexOf('_')).toLowerCase() }, 'restored');
          }
          return value ?? found;
        });
  const inward: Swap = (text) =>
    restored(
      replaced(text, answering, (value, find) => {
        // What the client sent itself is no news to it.
        if (byValue.has(value)) return value;
        count('response', find, 'masked');
        return `[${find.what.toUpperCase()}]`;
      }),
    );
  const veil: Swap = (text) => replaced(text, guards, (_value, { what }) => `[${what} redacted]`);

  const whole = (body: Buffer, contentType: string, swap: Swap): Buffer => {
    const filter = bodyFilter(contentType, swap, own);
    return filter === null ? body : Buffer.concat([filter.push(body), filter.end()]);
  };
  return {
    request: (body, contentType) => {
      const changed = whole(body, contentType, outward);
      return blocked === null
        ? { kind: 'passes', body: changed }
        : { kind: 'blocked', failure: blockedFailure(blocked) };
    },
    answer: (contentType) =>
      answering.length === 0 && byPlaceholder.size === 0 ? null : bodyFilter(contentType, inward, own),
    logged: (contentType) => bodyFilter(contentType, veil, own),
    veiled: (body, contentType) => whole(body, contentType, veil),
    changes: () => {
      const all = [...counts.values()].map((one): Change => ({ kind: 'guarded', ...one }));
      counts.clear();
      return all;
    },
  };
}

const withheld = '[withheld: a pattern takes too long]';

function blockedFailure(what: string): Failure {
  return {
    code: 'guardrail_blocked',
    message: plain(text('A guardrail found what must not go out ({0}), so Tollgate did not send this call.', what)),
    hint: plain(text('Take it out of the request, or change "guardrails" in tollgate.jsonc.')),
  };
}

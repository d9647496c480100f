import type { CacheApi, CacheStats } from '../../shared/answerCache.ts';
import type { CacheState } from '../../shared/stages.ts';
import type { CachedAnswer } from './cachedAnswer.ts';

/** Answers that are given again. In memory; the recording thread keeps a copy without secrets for the next run. */
export interface AnswerCache extends CacheApi {
  /** An answer that may be given; null where there is none. `maxAge` is in milliseconds. */
  find(key: string, maxAge: number | null): CachedAnswer | null;
  keep(answer: CachedAnswer): void;
  count(route: string, state: CacheState, found: CachedAnswer | null): void;
}

/** Where answers outlast the gateway. */
export interface AnswerKeeper {
  keptAnswers(): Promise<readonly CachedAnswer[]>;
  keepAnswer(answer: CachedAnswer): void;
  dropAnswers(keys: readonly string[]): void;
}

/** Bytes of all answers together; beyond, the ones that were not asked for longest go. */
export const mostBytes = 32 * 1024 * 1024;

interface RouteCounts {
  entries: number;
  hits: number;
  misses: number;
}

/** `now` is the clock, in milliseconds since 1970. */
export function createAnswerCache(keeper: AnswerKeeper, now: () => number = Date.now): AnswerCache {
  /** The newest use last. */
  const answers = new Map<string, CachedAnswer>();
  const counted = new Map<string, { hits: number; misses: number }>();
  let bytes = 0;
  let bypasses = 0;
  const saved = { usd: 0, tokens: 0, ms: 0 };

  const drop = (key: string): void => {
    const known = answers.get(key);
    if (known === undefined) return;
    bytes -= known.body.byteLength;
    answers.delete(key);
  };
  const put = (answer: CachedAnswer): readonly string[] => {
    drop(answer.key);
    answers.set(answer.key, answer);
    bytes += answer.body.byteLength;
    const gone: string[] = [];
    for (const [key] of answers) {
      if (bytes <= mostBytes) break;
      drop(key);
      gone.push(key);
    }
    return gone;
  };
  const load = keeper.keptAnswers().then(
    (kept) => {
      for (const answer of kept) if (answer.until > now() && !answers.has(answer.key)) put(answer);
    },
    // Without the store, the cache begins empty.
    () => undefined,
  );

  return {
    find: (key, maxAge) => {
      const found = answers.get(key);
      if (found === undefined) return null;
      if (found.until <= now()) {
        drop(key);
        keeper.dropAnswers([key]);
        return null;
      }
      if (maxAge !== null && now() - found.at > maxAge) return null;
      answers.delete(key);
      answers.set(key, found);
      return found;
    },
    keep: (answer) => {
      const gone = put(answer);
      if (gone.length > 0) keeper.dropAnswers(gone);
      keeper.keepAnswer(answer);
    },
    count: (route, state, found) => {
      const known = counted.get(route) ?? { hits: 0, misses: 0 };
      counted.set(route, known);
      if (state === 'bypass') bypasses++;
      else if (state === 'miss') known.misses++;
      else known.hits++;
      if (found === null) return;
      saved.usd += found.saves.costUsd ?? 0;
      saved.tokens += found.saves.tokens;
      saved.ms += found.saves.ms;
    },
    cacheStats: async (): Promise<CacheStats> => {
      await load;
      const routes: Record<string, RouteCounts> = {};
      for (const [name, counts] of counted) routes[name] = { entries: 0, ...counts };
      for (const { route } of answers.values()) (routes[route] ??= { entries: 0, hits: 0, misses: 0 }).entries++;
      const all = [...counted.values()];
      return {
        ...{ entries: answers.size, bytes, bypasses },
        hits: all.reduce((sum, { hits }) => sum + hits, 0),
        misses: all.reduce((sum, { misses }) => sum + misses, 0),
        ...{ savedUsd: saved.usd, savedTokens: saved.tokens, savedMs: saved.ms, routes },
      };
    },
    clearCache: async (route) => {
      await load;
      const keys = [...answers.values()].filter((one) => route === null || one.route === route).map(({ key }) => key);
      for (const key of keys) drop(key);
      keeper.dropAnswers(keys);
      return keys.length;
    },
  };
}

/** What the cache of answers has spared, and how much it holds. Counts are of this run of the gateway. */
export interface CacheStats {
  readonly entries: number;
  readonly bytes: number;
  readonly hits: number;
  readonly misses: number;
  /** Calls that were neither answered from it nor kept. */
  readonly bypasses: number;
  /** In US dollars; of answers whose price is known. */
  readonly savedUsd: number;
  readonly savedTokens: number;
  /** Milliseconds that the calls took which were spared. */
  readonly savedMs: number;
  /** By alias. */
  readonly routes: Readonly<
    Record<string, { readonly entries: number; readonly hits: number; readonly misses: number }>
  >;
}

/** What one may ask of a gateway about its cache. */
export interface CacheApi {
  cacheStats(): Promise<CacheStats>;
  /** Forgets answers: of one alias, or all where it is null. Tells how many. */
  clearCache(route: string | null): Promise<number>;
}

import type { ResolvedApi } from '../parts.ts';

/**
 * What stands before `/chat/completions` at vendors that speak OpenAI's dialect, where it is not `/v1`: from the base
 * URL that each vendor's documentation gives for OpenAI's SDK.
 */
const prefixes: Readonly<Record<string, string>> = {
  cline: '/api/v1',
  dashscope: '/compatible-mode/v1',
  deepinfra: '/v1/openai',
  fireworks: '/inference/v1',
  friendli: '/serverless/v1',
  'github-copilot': '',
  groq: '/openai/v1',
  novita: '/v3/openai',
  'opencode-zen': '/zen/v1',
  openrouter: '/api/v1',
  perplexity: '',
  'prime-intellect': '/api/v1',
  synthetic: '/openai/v1',
  venice: '/api/v1',
  volcengine: '/api/v3',
  zenmux: '/api/v1',
  zhipu: '/api/paas/v4',
};

/** The part of a path that all vendors of the dialect share. */
const operation =
  /\/(?:chat\/completions|completions|responses|embeddings|models|moderations|images\/\w+|audio\/\w+)(?=[/?]|$).*$/s;

/**
 * The path at another API for the same operation. `rest` is what the client sent behind the first API's name; `prefix`
 * is what the catalogue says stands before the operation, or null where it does not.
 */
export function pathAt(rest: string, from: ResolvedApi, to: ResolvedApi, prefix: string | null): string {
  const common = operation.exec(rest)?.[0];
  if (common === undefined) return rest;
  if (prefix !== null) return prefix + common;
  const sameVendor = from.provider !== null && from.provider === to.provider;
  if (sameVendor || (to.provider !== null && to.provider.dialect !== 'openai')) return rest;
  const own = to.upstream.pathname.replace(/\/$/, '');
  const known = to.provider === null ? '/v1' : (prefixes[to.provider.id] ?? '/v1');
  return (own.endsWith(known) || (to.provider === null && own !== '') ? '' : known) + common;
}

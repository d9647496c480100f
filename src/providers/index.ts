import type { Provider } from '../shared/provider.ts';
import { anthropic } from './anthropic.ts';
import { deepseek } from './deepseek.ts';
import { gemini } from './gemini.ts';
import { openai } from './openai.ts';
import { openrouter } from './openrouter.ts';
import { stripe } from './stripe.ts';

/** Every vendor that is known, best known first. */
export const providers: readonly Provider[] = [openrouter, deepseek, openai, anthropic, gemini, stripe];

const byId = new Map(providers.map((provider) => [provider.id, provider]));
const byHost = new Map(providers.flatMap((provider) => provider.hosts.map((host) => [host, provider] as const)));

/** The provider of that name, as in `"provider": "openrouter"`. */
export function providerById(id: string): Provider | null {
  return byId.get(id) ?? null;
}

/** Who bills for calls to a host, which may carry a port. */
export function providerForHost(host: string): Provider | null {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  const exact = byHost.get(name);
  if (exact !== undefined) return exact;
  for (let dot = name.indexOf('.'); dot !== -1; dot = name.indexOf('.', dot + 1)) {
    const domain = byHost.get(name.slice(dot));
    if (domain !== undefined) return domain;
  }
  return null;
}

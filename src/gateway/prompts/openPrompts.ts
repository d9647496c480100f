import type { ChatDelta, PromptsApi } from '../../shared/prompts.ts';
import type { LogGroup, GroupQuery } from '../../shared/protocol.ts';
import type { HeaderList } from '../../shared/exchange.ts';
import type { AiDesk, Passages } from '../ai/aiDesk.ts';
import { gatewayError } from '../ai/gatewayError.ts';
import type { Inbound, Reply } from '../engine.ts';
import type { ResolvedApi } from '../parts.ts';
import { checkFront, type CheckFront } from './checkFront.ts';
import type { PromptDesk } from './promptDesk.ts';

/** What the desk of prompts reaches. What can change while the gateway runs is asked for each time. */
export interface PromptParts {
  /** The workspace's folder; null where there is none, and then no prompt is served. */
  readonly root: string | null;
  readonly ai: Pick<AiDesk, 'handle' | 'book'>;
  readonly checkFront: CheckFront;
  readonly url: () => string;
  readonly apis: () => ReadonlyMap<string, ResolvedApi>;
  readonly aliases: () => ReadonlyMap<string, unknown>;
  /** How whoever works on the gateway itself calls: past subscriptions, not past budgets. */
  readonly operator: () => { readonly passages: Passages; readonly headers: HeaderList };
  readonly groups: (query: GroupQuery) => Promise<readonly LogGroup[]>;
  /** More of a run's answer has come. */
  readonly written: (run: string, text: string) => void;
  /** More of a conversation has come. */
  readonly said: (run: string, delta: ChatDelta) => void;
}

/** Serves what is below `/prompts`, and what is asked about prompts. */
export interface Prompts {
  readonly handle: (inbound: Inbound, reply: Reply, rest: string, passages: Passages) => void;
  readonly api: PromptsApi;
}

/** Prompts are not everybody's matter: the desk is loaded when the first is asked for. */
export function openPrompts(parts: Omit<PromptParts, 'checkFront'>): Prompts {
  let desk: PromptDesk | null = null;
  let loading: Promise<PromptDesk> | null = null;
  const load = (): Promise<PromptDesk> =>
    (loading ??= import('./promptDesk.ts').then(
      ({ createPromptDesk }) => (desk = createPromptDesk({ ...parts, checkFront })),
    ));
  return {
    handle: (inbound, reply, rest, passages) => {
      if (desk !== null) desk.handle(inbound, reply, rest, passages);
      else
        load().then(
          (loaded) => loaded.handle(inbound, reply, rest, passages),
          (error: unknown) => void passages.refuse(inbound, reply, null, gatewayError(error)),
        );
    },
    api: {
      prompts: async () => (await load()).api.prompts(),
      checkPrompt: async (file, text) => (await load()).api.checkPrompt(file, text),
      runPrompt: async (run) => (await load()).api.runPrompt(run),
      converse: async (run, request) => (await load()).api.converse(run, request),
      cancelRun: async (id) => (await load()).api.cancelRun(id),
      promptVersions: async (file) => (await load()).api.promptVersions(file),
    },
  };
}

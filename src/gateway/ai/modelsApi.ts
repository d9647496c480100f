import type { ModelsApi } from '../../shared/models.ts';
import { providerById } from '../../providers/index.ts';
import type { Credentials, ResolvedApi } from '../parts.ts';
import type { Routes } from '../route.ts';
import { checkModels } from './checkModels.ts';
import { findLocalServers } from './localServers.ts';
import type { AiGateway } from './openAiDesk.ts';
import { modelsUrl, refreshModels } from './refreshModels.ts';

/** What the calls reach. */
export interface ModelsApiParts {
  readonly ai: AiGateway;
  readonly fetch: typeof fetch;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly credentials: Pick<Credentials, 'injection'>;
  readonly apis: () => ReadonlyMap<string, ResolvedApi>;
  readonly aliases: () => Routes['aliases'];
  /** Fails with `unknown_api`. */
  readonly declared: (name: string) => ResolvedApi;
  /** Models were refreshed. */
  readonly changed: () => void;
}

/** What one may ask of a running gateway about models. */
export function createModelsApi({ ai, declared, changed, environment, ...parts }: ModelsApiParts): ModelsApi {
  // A team may keep a copy of its own.
  const source = environment.TOLLGATE_MODELS_URL ?? modelsUrl;
  return {
    models: () => Promise.resolve(ai.models({ apis: parts.apis(), aliases: parts.aliases() })),
    modelProviders: () =>
      Promise.resolve(
        ai.book.providers.map((one) => ({
          ...one,
          models: ai.book.models(one.id).length,
          known: providerById(one.id) !== null,
        })),
      ),
    localModels: () => findLocalServers(parts.fetch),
    checkModels: async (name) => checkModels(declared(name), ai.book, parts),
    modelsSource: () => Promise.resolve(source),
    refreshModels: async (from) => {
      const found = await refreshModels(ai.refreshedFile, parts.fetch, from ?? source);
      ai.reread();
      changed();
      return found;
    },
  };
}

import path from 'node:path';
import type { Credentials, ResolvedApi } from '../parts.ts';
import type { RouteDesk } from '../modelRoutes/routeDesk.ts';
import { createAiDesk, type AiDesk } from './aiDesk.ts';
import { infoOf, providerOf } from './findTarget.ts';
import { readModelBook, type ModelBook } from './modelBook.ts';
import { refreshedModelsName } from './modelPrice.ts';
import { createTurns } from './turns.ts';

/** The desk of a gateway, with its list of models. */
export interface AiGateway extends AiDesk {
  /** Where a refreshed list is kept. */
  readonly refreshedFile: string;
  /** How many chat models are known of an API. */
  count(api: ResolvedApi): number;
  /** The list was refreshed. */
  reread(): void;
}

/** Opens the desk. The list of models is read when somebody asks for one. */
export function openAiDesk(options: {
  readonly dataDirectory: string;
  readonly credentials: Pick<Credentials, 'state'>;
  readonly fetch: typeof fetch;
  readonly routes: RouteDesk;
}): AiGateway {
  const refreshedFile = path.join(options.dataDirectory, refreshedModelsName);
  let book: ModelBook | null = null;
  const current = (): ModelBook => (book ??= readModelBook(refreshedFile));
  const { handle, models } = createAiDesk({
    book: current,
    credentials: options.credentials,
    fetch: options.fetch,
    turns: createTurns(),
    routes: options.routes,
  });
  return {
    ...{ handle, models, refreshedFile },
    get book() {
      return current();
    },
    count: (api) => {
      const provider = providerOf(api, current());
      const own = Object.keys(api.ai?.models ?? {}).filter(
        (id) => infoOf({ ...api, ai: {} }, provider, id, current()) === null,
      );
      return current().models(provider.id).length + own.length;
    },
    reread: () => void (book = null),
  };
}

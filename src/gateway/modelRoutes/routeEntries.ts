import type { ResolvedApi } from '../parts.ts';
import type { Target } from '../recourse/coolDowns.ts';
import type { Balance } from './balance.ts';
import type { ModelRoute } from './modelRoute.ts';

/** One thing to try: a model at an API with one credential. */
export interface RouteEntry {
  readonly api: ResolvedApi;
  readonly model: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** What cool-downs and breakers know it by. */
  readonly key: Target;
}

/** All that may be tried for one call, in order. */
export function entriesOf({ steps }: ModelRoute, balance: Balance): readonly RouteEntry[] {
  return steps.flatMap((step) =>
    balance.order(step).flatMap(({ model, apis, parameters }) =>
      apis.map((api) => ({
        api,
        model,
        parameters,
        key: { api: api.name, credential: api.credential?.name ?? null },
      })),
    ),
  );
}

import type { RouteState, RouteTargetState } from '../../shared/modelRoute.ts';
import type { AnswerCache } from '../cache/answerCache.ts';
import type { RecourseBoard } from '../recourse/board.ts';
import type { Target } from '../recourse/coolDowns.ts';
import { createBalance, type Balance } from './balance.ts';
import { createBreakers, type Breakers } from './breakers.ts';
import type { ModelRoute } from './modelRoute.ts';

/** What aliases remember between calls. */
export interface RouteDesk {
  readonly balance: Balance;
  readonly breakers: Breakers;
  readonly coolDowns: RecourseBoard['coolDowns'];
  /** Begun when a route first asks for it. */
  cache(): AnswerCache;
  state(routes: Iterable<ModelRoute>): readonly RouteState[];
  /** Ends cool-downs and closes breakers: of the targets of one alias, or of all. */
  reset(routes: Iterable<ModelRoute>): void;
}

/** `onChanged` hears when a target is left out or asked again. */
export function createRouteDesk(
  coolDowns: RecourseBoard['coolDowns'],
  cache: () => AnswerCache,
  onChanged: () => void,
): RouteDesk {
  const breakers = createBreakers(onChanged);
  return {
    balance: createBalance(),
    breakers,
    coolDowns,
    cache,
    state: (routes) => {
      const open = breakers.list();
      const cooling = coolDowns.list(() => true);
      const same =
        (target: Target) =>
        (other: Target): boolean =>
          other.api === target.api && other.credential === target.credential;
      return [...routes].map(({ name, title, steps, cache }) => ({
        name,
        title,
        caches: cache !== null,
        targets: steps.flatMap((step, index) =>
          step.flatMap(({ model, apis, weight }) =>
            apis.map((api): RouteTargetState => {
              const target = { api: api.name, credential: api.credential?.name ?? null };
              const cool = cooling.find(same(target));
              const broken = open.find(same(target));
              return {
                ...target,
                ...{ model, step: index, weight: step.length === 1 ? null : weight },
                coolDown: cool === undefined ? null : { cause: cool.cause, until: cool.until },
                breaker: broken === undefined ? null : { failures: broken.failures, until: broken.until },
              };
            }),
          ),
        ),
      }));
    },
    reset: (routes) => {
      const names = new Set(
        [...routes].flatMap(({ steps }) => steps.flat().flatMap(({ apis }) => apis.map(({ name }) => name))),
      );
      const concerns = ({ api }: Target): boolean => names.has(api);
      breakers.reset(concerns);
      coolDowns.end(concerns);
    },
  };
}

import type { LimitState } from '../../shared/access.ts';

/** Whoever spends. '' stands for what is not known. */
export interface Spender {
  readonly team: string;
  readonly application: string;
  readonly key: string;
  readonly api: string;
  readonly model: string;
  /** When the term of the subscription began that it is charged to, in milliseconds since 1970. */
  readonly term: string;
}

/** What calls have used. */
export interface Charge {
  readonly calls: number;
  readonly tokens: number;
  readonly usd: number;
}

/** What may be used by those whom its scope names: a budget, or the quota of a subscription. */
export interface LimitRule {
  readonly id: string;
  readonly kind: LimitState['kind'];
  readonly source: string;
  readonly title: string;
  readonly scope: Partial<Spender>;
  /** Counted separately for each of these. */
  readonly each: keyof Spender | null;
  readonly measure: keyof Charge;
  readonly amount: number;
  readonly per: LimitState['per'];
  /** The length of a window that moves, in milliseconds; 0 for the others. */
  readonly rollingMs: number;
  readonly over: LimitState['over'];
  readonly warnAt: number;
  /** What a call is answered once it is used up. */
  readonly status: 402 | 429;
  /** What one call may use at most; null where that has to be learned. */
  readonly reserve: number | null;
  /** What was used before this time counts no more, in milliseconds since 1970. */
  readonly notBefore: number;
}

/** Whether calls of that spender count against a rule. */
export function holdsFor({ scope }: LimitRule, spender: Spender): boolean {
  return (
    (scope.team === undefined || scope.team === spender.team) &&
    (scope.application === undefined || scope.application === spender.application) &&
    (scope.key === undefined || scope.key === spender.key) &&
    (scope.api === undefined || scope.api === spender.api) &&
    (scope.model === undefined || isModel(scope.model, spender)) &&
    (scope.term === undefined || scope.term === spender.term)
  );
}

/** A model is known by its vendor's name, or as `/v1` has it, behind that of its API: `openai/gpt-4.1`. */
function isModel(name: string, { api, model }: Spender): boolean {
  return name === model || name === `${api}/${model}`;
}

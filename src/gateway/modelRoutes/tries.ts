import type { Failure } from '../../shared/exchange.ts';
import type { Text } from '../../shared/text.ts';
import type { FailureDetail } from '../answerFailure.ts';
import type { ResolvedApi } from '../parts.ts';
import type { Diagnosed } from '../recourse/diagnoseAnswer.ts';
import type { HeldAnswer } from '../recourse/holdBack.ts';

/** Why a call may not go to an API. */
export interface Refused extends FailureDetail {
  readonly failure: Failure;
}

/** How one try ended. What was not passed on can still be, by `tell`, until the next one is sent. */
export type TryEnd =
  | { readonly kind: 'passed' }
  | {
      readonly kind: 'refused';
      readonly answer: HeldAnswer;
      readonly found: Diagnosed;
      readonly rehearsed: boolean;
      readonly tell: () => void;
    }
  | { readonly kind: 'failed'; readonly note: Text; readonly tell: () => void }
  | { readonly kind: 'keyless'; readonly note: Text; readonly tell: () => void };

/** Whether to keep an answer to oneself. */
export type Judge = (answer: HeldAnswer, found: Diagnosed) => boolean;

/** Where a try goes. */
export interface Sending {
  readonly api: ResolvedApi;
  readonly path: string;
  readonly judge: Judge;
  /** Hears the status of an answer that is passed on. */
  readonly answered: (status: number) => void;
}

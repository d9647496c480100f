import type { Cause } from '../../shared/finding.ts';

/** The words by which one cause is told: in codes for machines (split into words) and in sentences. All lower case. */
export interface Wording {
  readonly name: string;
  readonly cause: Cause;
  readonly codes?: RegExp;
  /** What every text holds that `says` can match: short, so that most texts are done with at little cost. */
  readonly about?: RegExp;
  /** The refusal stated. */
  readonly says?: RegExp;
  /** The same in other languages than English. */
  readonly abroad?: RegExp;
  /** The way out named, which tells the cause where nothing states it. */
  readonly advises?: RegExp;
  /** What the same words may also mean. */
  readonly alternatives: readonly Cause[];
}

/** One pattern from several alternatives. None may nest quantifiers: time must stay linear in the text. */
export function anyOf(...patterns: readonly string[]): RegExp {
  return new RegExp(patterns.map((pattern) => `(?:${pattern})`).join('|'));
}

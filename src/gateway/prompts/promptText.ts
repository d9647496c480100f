import type { PromptFrontMatter } from '../../shared/promptFrontMatter.ts';
import type { PromptVariable } from '../../shared/prompts.ts';

/** A piece of a turn. Offsets are in the file's text. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string; readonly start: number; readonly end: number }
  | {
      readonly kind: 'image';
      /** A path, a URL, or the name of a variable. */
      readonly target: string;
      readonly isVariable: boolean;
      readonly start: number;
      readonly end: number;
    };

/** What one side says. */
export interface Turn {
  readonly role: 'system' | 'user' | 'assistant';
  readonly pieces: readonly Piece[];
}

/** A prompt file that was read. */
export interface PromptText {
  readonly name: string;
  readonly front: PromptFrontMatter;
  readonly variables: readonly (PromptVariable & { readonly maxLength: number | null })[];
  readonly turns: readonly Turn[];
  /** The line of its model, counted from 0. */
  readonly modelLine: number;
}

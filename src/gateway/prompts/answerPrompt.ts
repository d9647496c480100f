import type { ErrorObject } from 'ajv';
import { plain, text } from '../../shared/text.ts';
import { askModel, type Asking, type ModelAnswer } from './askModel.ts';
import { toMessages, type ChatMessage } from './messages.ts';
import { promptRequest } from './promptRequest.ts';
import type { PromptText } from './promptText.ts';
import { compileSchema } from './readPrompt.ts';

/** A prompt with all that is put in. */
export interface Filled {
  readonly prompt: PromptText;
  readonly values: ReadonlyMap<string, unknown>;
  /** A model in place of its own; null for that. */
  readonly model: string | null;
  readonly stream: boolean;
  readonly readImage: (relative: string) => Promise<Buffer>;
}

type Answered = Extract<ModelAnswer, { kind: 'answered' }>;

/** What came of a prompt. Costs and counts are those of both calls where it was asked twice. */
export type PromptAnswer =
  | {
      readonly kind: 'answered';
      readonly text: string;
      /** By the schema; undefined where there is none. */
      readonly value: unknown;
      readonly repaired: boolean;
      readonly spent: Spent;
    }
  | {
      readonly kind: 'failed';
      readonly code: 'output_invalid' | 'output_cut' | 'model_refused';
      readonly message: string;
      readonly hint: string;
      readonly errors: readonly OutputError[];
      readonly text: string;
      readonly spent: Spent;
    }
  | Exclude<ModelAnswer, Answered>;

/** Where an answer differs from the schema. */
export interface OutputError {
  /** A JSON pointer (RFC 6901); empty for the whole. */
  readonly path: string;
  readonly message: string;
}

/** `cost` is a decimal or `unpriced`, as headers tell it. */
export interface Spent {
  readonly cost: string;
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | null;
}

/** Asks the model; where an answer does not match the schema, once more with what is wrong with it. */
export async function answerPrompt(asking: Asking, filled: Filled, onRepair: () => void): Promise<PromptAnswer> {
  const { prompt, values, model, stream, readImage } = filled;
  const { name, front } = prompt;
  const operation = `POST /prompts/${name}`;
  const messages = await toMessages(prompt, values, readImage);
  const first = await askModel(asking, promptRequest(name, front, messages, { stream, model }), operation);
  if (first.kind !== 'answered') return first;
  const { output } = front;
  const spent = spentOn([first]);
  if (first.refusal !== null) return refusedBy(first, spent);
  if (output === undefined) return { kind: 'answered', text: first.text, value: undefined, repaired: false, spent };
  const validate = compileSchema(output);
  const read = (answer: Answered): { readonly value: unknown } | readonly OutputError[] => {
    const value = jsonOf(answer.text);
    if (value === undefined) return [{ path: '', message: plain(text('The answer is no JSON.')) }];
    return validate(value) ? { value } : (validate.errors ?? []).slice(0, 20).map(toError);
  };
  const found = read(first);
  if ('value' in found) return { kind: 'answered', text: first.text, value: found.value, repaired: false, spent };
  if (first.finish === 'length') return cut(first, found, spent);
  onRepair();
  const again = [...messages, ...correction(first.text, found)];
  const second = await askModel(
    { ...asking, onText: () => true },
    promptRequest(name, front, again, { stream: false, model }),
    operation,
  );
  if (second.kind !== 'answered') return second;
  const both = spentOn([first, second]);
  if (second.refusal !== null) return refusedBy(second, both);
  const mended = read(second);
  if ('value' in mended)
    return { kind: 'answered', text: second.text, value: mended.value, repaired: true, spent: both };
  return {
    kind: 'failed',
    code: 'output_invalid',
    message: plain(text('The model’s answer does not match the schema of "{0}", and neither did its second.', name)),
    hint: plain(text('Make the schema simpler or the text clearer, or choose a model with structured output.')),
    errors: mended,
    text: second.text,
    spent: both,
  };
}

function refusedBy({ refusal, text: said }: Answered, spent: Spent): PromptAnswer {
  const message = plain(text('The model will not answer: {0}', refusal ?? ''));
  const hint = plain(text('Say what it is for, or choose another model.'));
  return { kind: 'failed', code: 'model_refused', message, hint, errors: [], text: said, spent };
}

function cut({ text: said }: Answered, errors: readonly OutputError[], spent: Spent): PromptAnswer {
  const message = plain(text('The answer was cut off before its end, so it is no JSON by the schema.'));
  const hint = plain(text('Raise "max_completion_tokens" in the prompt’s parameters.'));
  return { kind: 'failed', code: 'output_cut', message, hint, errors, text: said, spent };
}

function correction(answer: string, errors: readonly OutputError[]): readonly ChatMessage[] {
  const list = errors.map(({ path, message }) => `- ${path === '' ? '(all)' : path}: ${message}`).join('\n');
  const content = `Your answer does not match the JSON schema:\n${list}\nAnswer again, with the corrected JSON alone.`;
  return [
    { role: 'assistant', content: answer === '' ? '(empty)' : answer },
    { role: 'user', content },
  ];
}

function toError({ instancePath, message = '', params }: ErrorObject): OutputError {
  const named = typeof params.additionalProperty === 'string' ? ` ("${params.additionalProperty}")` : '';
  const choices = Array.isArray(params.allowedValues) ? `: ${JSON.stringify(params.allowedValues)}` : '';
  return { path: instancePath, message: message + named + choices };
}

/** Models like to put JSON in a fence. Undefined where it is none. */
function jsonOf(answer: string): unknown {
  const bare = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/i.exec(answer)?.[1] ?? answer;
  try {
    return JSON.parse(bare) as unknown;
  } catch {
    return undefined;
  }
}

function spentOn(answers: readonly Answered[]): Spent {
  const costs = answers.map(({ cost }) => Number(cost ?? NaN));
  const known = answers.flatMap(({ usage }) => (usage === null ? [] : [usage]));
  const sum = costs.reduce((total, one) => total + one, 0);
  return {
    cost: Number.isFinite(sum) ? sum.toFixed(12).replace(/\.?0+$/, '') || '0' : 'unpriced',
    usage:
      known.length === 0
        ? null
        : {
            inputTokens: known.reduce((total, { inputTokens }) => total + inputTokens, 0),
            outputTokens: known.reduce((total, { outputTokens }) => total + outputTokens, 0),
          },
  };
}

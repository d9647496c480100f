import type { RawHeaders, Reply } from '../engine.ts';
import type { PromptAnswer, Spent } from './answerPrompt.ts';
import { answerJson, answerProblem, membersOf, problemDetails, toldHeaders } from './problems.ts';
import type { Shelved } from './promptShelf.ts';

/** Tells a client what comes of a prompt. */
export interface Saying {
  /** More of a stream. False where the client is slow. */
  readonly text: (text: string) => boolean;
  /** The model is asked again. */
  readonly repair: () => void;
  readonly end: (answer: PromptAnswer) => void;
}

const costField = 'x-tollgate-cost-usd';

/** Answers whole: what matches the schema as it is, or else the text as a member of that name. */
export function sayAnswer(reply: Reply, shelved: Shelved): Saying {
  return {
    text: () => true,
    repair: () => undefined,
    end: (answer) => {
      if (answer.kind === 'broken') reply.destroy();
      else if (answer.kind === 'answered') {
        const repaired = answer.repaired ? ['x-tollgate-repaired', 'true'] : [];
        const headers = [...versionHeaders(shelved), costField, answer.spent.cost, ...repaired];
        answerJson(reply, answer.value === undefined ? { text: answer.text } : answer.value, headers);
      } else sayFailure(reply, shelved, answer);
    },
  };
}

/** Answers with server-sent events: `text` as it is written, and `result` or `error` at the end. */
export function sayStream(reply: Reply, shelved: Shelved): Saying {
  let begun = false;
  const begin = (): void => {
    if (begun) return;
    begun = true;
    const head = ['Content-Type', 'text/event-stream; charset=utf-8', 'Cache-Control', 'no-cache'];
    reply.begin(200, 'OK', [...head, ...versionHeaders(shelved), 'Trailer', costField]);
  };
  const send = (event: string, data: object): boolean => {
    begin();
    return reply.write(Buffer.from(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`));
  };
  return {
    text: (text) => send('text', { text }),
    repair: () => void send('repair', {}),
    end: (answer) => {
      if (answer.kind === 'broken') reply.destroy();
      else if (answer.kind === 'answered') {
        const { value, text, spent, repaired } = answer;
        send('result', { ...(value === undefined ? { text } : { output: value }), ...told(spent), repaired });
        reply.end([[costField, spent.cost]]);
      } else if (begun) {
        send('error', problemDetails(statusOf(answer), failureMembers(shelved, answer)));
        reply.end([[costField, answer.kind === 'failed' ? answer.spent.cost : 'unpriced']]);
      } else sayFailure(reply, shelved, answer);
    },
  };
}

type Failed = Exclude<PromptAnswer, { readonly kind: 'answered' | 'broken' }>;

function sayFailure(reply: Reply, shelved: Shelved, answer: Failed): void {
  const told =
    answer.kind === 'refused'
      ? toldHeaders(answer.headers)
      : [costField, answer.spent.cost, 'x-tollgate-error', answer.code, 'x-should-retry', 'false'];
  answerProblem(reply, statusOf(answer), failureMembers(shelved, answer), [...versionHeaders(shelved), ...told]);
}

function statusOf(answer: Failed): number {
  return answer.kind === 'refused' ? answer.status : 502;
}

function failureMembers({ name }: Shelved, answer: Failed): Readonly<Record<string, unknown>> {
  if (answer.kind === 'refused') return { ...membersOf(answer.body), prompt: name };
  const { message, code, hint, errors, text, spent } = answer;
  return { detail: message, code, hint, prompt: name, errors, answer: text, ...told(spent) };
}

function told({ cost, usage }: Spent): Readonly<Record<string, unknown>> {
  return {
    cost_usd: cost === 'unpriced' ? null : Number(cost),
    usage: usage === null ? null : { input_tokens: usage.inputTokens, output_tokens: usage.outputTokens },
  };
}

function versionHeaders({ content, prompt }: Shelved): RawHeaders {
  return [
    'x-tollgate-prompt-version',
    content,
    'x-tollgate-model',
    (prompt?.front.model ?? '').replace(/[^\x20-\x7e]/g, '?'),
  ];
}

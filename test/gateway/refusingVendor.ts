import type { IncomingMessage, ServerResponse } from 'node:http';
import { upstream, type Echoed } from './support.ts';

/** What is asked. */
export const messages = [{ role: 'user', content: 'Hi' }] as const;
/** What OpenAI answers where the account is empty. */
export const emptyWallet = {
  error: {
    message: 'You exceeded your current quota, please check your plan and billing details.',
    type: 'insufficient_quota',
    param: null,
    code: 'insufficient_quota',
  },
};
/** An answer. */
export const completion = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  model: 'answering-model',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 },
};

/** What an upstream was asked. */
export interface Asked extends Echoed {
  readonly key: string | undefined;
}

/** How an upstream answers. */
export type Answer = (asked: Asked, response: ServerResponse) => void;

/** Answers with JSON. */
export function json(
  response: ServerResponse,
  status: number,
  content: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(content));
}

/** An upstream that remembers what it was asked. */
export async function vendor(answer: Answer): Promise<{ readonly url: string; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const { url } = await upstream((request: IncomingMessage, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const { method = '', url: target = '', rawHeaders, headers } = request;
      const one = {
        ...{ method, url: target, rawHeaders, key: headers.authorization },
        body: Buffer.concat(pieces).toString(),
      };
      asked.push(one);
      answer(one, response);
    });
  });
  return { url, asked };
}

import { newId, speech, textIn, type Answer, type Call } from './answer.ts';

/** Tokens that a sandboxed answer costs. */
export const answerTokens = 30;

/** A success of OpenAI's chat completions, which many vendors copy; streamed where asked for. */
export function chatCompletion(call: Call, headers: Readonly<Record<string, string>> = {}): Answer {
  const common = { id: newId('chatcmpl-'), created: Math.floor(Date.now() / 1000), model: textIn(call, 'model', '') };
  const usage = { prompt_tokens: 14, completion_tokens: answerTokens, total_tokens: 14 + answerTokens };
  if (call.body.stream !== true) {
    const message = { role: 'assistant', content: speech.join('') };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    return { status: 200, headers, body: { ...common, object: 'chat.completion', choices, usage } };
  }
  const chunk = (delta: object, finish_reason: string | null): object => ({
    ...common,
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason }],
  });
  const spoken = speech.map((content) => ({ data: chunk({ content }, null) }));
  const events = [
    { data: chunk({ role: 'assistant', content: '' }, null) },
    ...spoken,
    { data: { ...chunk({}, 'stop'), usage } },
    { data: '[DONE]' },
  ];
  return { status: 200, headers, events };
}

import { newId, speech, textIn, type Answer, type Call, type Vendor } from './answer.ts';
import { answerTokens } from './chat.ts';
import type { Ledger } from './ledger.ts';

/** Hides an empty balance behind a 400 `invalid_request_error`, as Anthropic does. */
export function anthropic(ledger: Ledger): Vendor {
  return (call) => {
    const id = newId('req_');
    const headers = { 'request-id': id };
    if (ledger.spendCall('anthropic')) return message(call, headers);
    const text =
      'Your credit balance is too low to access the Anthropic API. Please go to Plans & Billing to upgrade or purchase credits.';
    const error = { type: 'invalid_request_error', message: text };
    return {
      status: 400,
      headers: { ...headers, 'x-should-retry': 'false' },
      body: { type: 'error', error, request_id: id },
    };
  };
}

function message(call: Call, headers: Readonly<Record<string, string>>): Answer {
  const whole = {
    id: newId('msg_'),
    type: 'message',
    role: 'assistant',
    model: textIn(call, 'model', ''),
    content: [{ type: 'text', text: speech.join('') }],
    stop_reason: 'end_turn',
    stop_sequence: null,
    usage: { input_tokens: 14, output_tokens: answerTokens },
  };
  if (call.body.stream !== true) return { status: 200, headers, body: whole };
  const begun = { ...whole, content: [], stop_reason: null, usage: { input_tokens: 14, output_tokens: 1 } };
  const parts = [
    { type: 'message_start', message: begun },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    ...speech.map((text) => ({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text } })),
    { type: 'content_block_stop', index: 0 },
    {
      type: 'message_delta',
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: answerTokens },
    },
    { type: 'message_stop' },
  ];
  return { status: 200, headers, events: parts.map((data) => ({ event: data.type, data })) };
}

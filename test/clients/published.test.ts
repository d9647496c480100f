import assert from 'node:assert/strict';
import { stage, vendors, type Stage, type VendorName } from '../ai/stage.ts';
import type { Received } from '../ai/vendors.ts';
import { closeAll } from '../gateway/support.ts';
import { pythons } from '../hooks/pythonProgram.ts';
import { fetchDescriptions, type Descriptions } from './descriptions.ts';
import { byWhatIsAsked } from './vendorScript.ts';

type Json = Readonly<Record<string, unknown>>;
const names = Object.keys(vendors) as VendorName[];
const parameters = {
  type: 'object',
  properties: { city: { type: 'string' }, unit: { type: ['string', 'null'], enum: ['c', 'f'] } },
  required: ['city'],
};
const image =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const chatTools = [{ type: 'function', function: { name: 'weather', description: 'Tells it', parameters } }];
const calls = ['a', 'b'].map((id) => ({
  id: `call0000${id}`,
  type: 'function',
  function: { name: 'weather', arguments: '{"city":"Oslo"}' },
}));

/** Conversations in OpenAI's chat completions, by what is asked. */
const chats: Readonly<Record<string, Json>> = {
  'a question': { messages: [{ role: 'user', content: 'Hi' }], temperature: 0.5, stop: ['END'] },
  'two tools at once': { messages: [{ role: 'user', content: 'Weather in Oslo and Rome?' }], tools: chatTools },
  'their results': {
    messages: [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Weather in Oslo and Rome?' },
      { role: 'assistant', content: null, tool_calls: calls },
      ...calls.map(({ id }) => ({ role: 'tool', tool_call_id: id, content: 'fine' })),
    ],
    tools: chatTools,
    tool_choice: 'auto',
  },
};

describe('By what vendors publish of their APIs,', function () {
  this.timeout(600_000);
  let published: Descriptions | null = null;
  let on: Stage;

  before(async function () {
    const [python] = pythons;
    published = python === undefined ? null : fetchDescriptions(python);
    if (published === null) this.skip();
    on = await stage();
    byWhatIsAsked(on, names);
  });
  after(closeAll);

  const hold = (vendor: 'openai' | 'anthropic' | 'gemini', schema: string, message: unknown): void =>
    assert.equal(published?.wrong(vendor, schema, message), '', `${schema} of ${vendor}`);
  const ask = async (path: string, body: Json): Promise<{ status: number; text: string }> => {
    const answer = await fetch(`${on.gateway.url}/v1/${path}`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${on.gateway.programKey}`,
        'content-type': 'application/json',
        'anthropic-version': '2023-06-01',
      },
      body: JSON.stringify(body),
    });
    return { status: answer.status, text: await answer.text() };
  };
  const eventsIn = (text: string): Json[] =>
    [...text.matchAll(/^data: (\{.*)$/gm)].map(([, data]) => JSON.parse(data ?? '') as Json);

  // What a vendor says in the caller's own dialect passes as it is.
  for (const name of names) {
    const { model } = vendors[name];
    const [speaksChat, speaksMessages] = [name === 'openai' || name === 'groq', name === 'anthropic'];
    if (!speaksChat)
      it(`chat completions of ${name} are OpenAI’s, whole and streamed`, async () => {
        for (const chat of Object.values(chats)) {
          const body = { model, max_completion_tokens: 100, ...chat };
          const whole = await ask('chat/completions', body);
          assert.equal(whole.status, 200, whole.text);
          hold('openai', 'CreateChatCompletionResponse', JSON.parse(whole.text));
          const streamed = await ask('chat/completions', {
            ...body,
            stream: true,
            stream_options: { include_usage: true },
          });
          const chunks = eventsIn(streamed.text);
          assert.ok(chunks.length > 1, streamed.text);
          for (const chunk of chunks) hold('openai', 'CreateChatCompletionStreamResponse', chunk);
        }
      });

    if (name !== 'openai')
      it(`responses of ${name} are OpenAI’s, whole and streamed`, async () => {
        for (const more of [
          { input: 'Hi' },
          {
            input: 'Weather in Oslo and Rome?',
            tools: [{ type: 'function', name: 'weather', parameters, strict: false }],
          },
        ]) {
          const body = { model, max_output_tokens: 100, ...more };
          const whole = await ask('responses', body);
          assert.equal(whole.status, 200, whole.text);
          hold('openai', 'Response', JSON.parse(whole.text));
          const streamed = await ask('responses', { ...body, stream: true });
          const events = eventsIn(streamed.text);
          assert.ok(events.length > 3, streamed.text);
          for (const event of events) hold('openai', 'ResponseStreamEvent', event);
        }
      });

    if (!speaksMessages)
      it(`messages of ${name} are Anthropic’s, whole and streamed`, async () => {
        for (const more of [
          { messages: [{ role: 'user', content: 'Hi' }] },
          {
            messages: [{ role: 'user', content: 'Weather in Oslo and Rome?' }],
            tools: [{ name: 'weather', input_schema: parameters }],
          },
        ]) {
          const body = { model, max_tokens: 100, ...more };
          const whole = await ask('messages', body);
          assert.equal(whole.status, 200, whole.text);
          hold('anthropic', 'Message', JSON.parse(whole.text));
          const streamed = await ask('messages', { ...body, stream: true });
          const events = eventsIn(streamed.text).filter(({ type }) => type !== 'ping');
          assert.ok(events.length > 3, streamed.text);
          for (const event of events) hold('anthropic', 'MessageStreamEvent', event);
        }
      });

    it(`refusals of ${name} are OpenAI’s and Anthropic’s`, async () => {
      for (const what of ['bad key', 'too much', 'malformed', 'broken']) {
        const messages = [{ role: 'user', content: what }];
        const one = await ask('chat/completions', { model, messages });
        if (!speaksChat) hold('openai', 'ErrorResponse', JSON.parse(one.text));
        const other = await ask('messages', { model, max_tokens: 9, messages });
        if (!speaksMessages) hold('anthropic', 'ErrorResponse', JSON.parse(other.text));
      }
    });
  }

  it('what is sent to vendors is what they take, images and schemas included', async () => {
    const asked: Json[] = [
      ...Object.values(chats),
      {
        messages: [
          {
            role: 'user',
            content: [
              { type: 'text', text: 'a' },
              { type: 'image_url', image_url: { url: image } },
            ],
          },
        ],
      },
      {
        messages: [{ role: 'user', content: 'as JSON' }],
        response_format: { type: 'json_schema', json_schema: { name: 'x', schema: parameters } },
      },
    ];
    for (const chat of asked) {
      for (const name of ['anthropic', 'gemini', 'groq'] as const) {
        for (const stream of [false, true]) {
          const { model } = vendors[name];
          const { status, text } = await ask('chat/completions', { model, max_tokens: 100, stream, ...chat });
          assert.equal(status, 200, text);
          holdSent(on.vendors[name].last(), name);
        }
      }
    }
    function holdSent({ body }: Received, name: 'anthropic' | 'gemini' | 'groq'): void {
      if (name === 'anthropic') hold('anthropic', 'CreateMessageParams', body);
      else if (name === 'gemini') hold('gemini', 'GenerateContentRequest', body);
      else hold('openai', 'CreateChatCompletionRequest', body);
    }
  });

  it('embeddings, models and refusals of the gateway’s own are OpenAI’s', async () => {
    const embeddings = await ask('embeddings', { model: 'gemini/gemini-embedding-001', input: ['a', 'b'] });
    hold('openai', 'CreateEmbeddingResponse', JSON.parse(embeddings.text));
    const headers = { authorization: `Bearer ${on.gateway.programKey}` };
    const list = (await (await fetch(`${on.gateway.url}/v1/models`, { headers })).json()) as { data: Json[] };
    hold('openai', 'ListModelsResponse', list);
    for (const body of [{ model: 'nobody/nothing', messages: [] }, { messages: [] }])
      hold('openai', 'ErrorResponse', JSON.parse((await ask('chat/completions', body)).text));
    hold('anthropic', 'ErrorResponse', JSON.parse((await ask('messages', { model: 'nobody/x', messages: [] })).text));
  });
});

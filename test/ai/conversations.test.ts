import assert from 'node:assert/strict';
import type Anthropic from '@anthropic-ai/sdk';
import type OpenAI from 'openai';
import { closeAll, lastExchange, until } from '../gateway/support.ts';
import type { Said } from './dialects.ts';
import { checkChat, checkChunk } from './openaiShapes.ts';
import { stage, vendors, type Stage, type VendorName } from './stage.ts';

/** Two calls at once, as strict vendors want their ids. */
const calls: NonNullable<Said['calls']> = [
  { id: 'call00001', name: 'weather', input: { city: 'Oslo' } },
  { id: 'call00002', name: 'weather', input: { city: 'Rome' } },
];
const asks: Said = { text: '', calls, stop: 'tool', input: 20, output: 9 };
const tells: Said = { text: 'Cold there, warm here.', input: 40, output: 6 };
const schema = { type: 'object' as const, properties: { city: { type: 'string' } }, required: ['city'] };
const tool = { type: 'function' as const, function: { name: 'weather', description: 'Tells it', parameters: schema } };

describe('One format for every vendor:', function () {
  this.timeout(30_000);
  let on: Stage;
  before(async () => (on = await stage()));
  after(closeAll);

  for (const name of Object.keys(vendors) as VendorName[]) {
    const { model } = vendors[name];

    it(`the openai SDK holds a conversation with tools with ${name}, whole and streamed`, async () => {
      const { openai, gateway } = on;
      const before = on.vendors[name].received.length;
      const messages: OpenAI.ChatCompletionMessageParam[] = [
        { role: 'system', content: 'Be brief.' },
        { role: 'developer', content: 'Use tools.' },
        { role: 'user', content: 'Weather in Oslo and Rome?' },
      ];
      on.say(name, asks);
      const first = await openai.chat.completions.create({
        model,
        messages,
        tools: [tool],
        max_completion_tokens: 500,
      });
      checkChat(first);
      const [choice] = first.choices;
      assert.equal(choice?.finish_reason, 'tool_calls');
      const asked = choice.message.tool_calls ?? [];
      assert.deepEqual(
        asked.map((call) => call.type === 'function' && [call.function.name, JSON.parse(call.function.arguments)]),
        [
          ['weather', { city: 'Oslo' }],
          ['weather', { city: 'Rome' }],
        ],
      );
      assert.equal(first.usage?.prompt_tokens, 20);
      assert.equal(first.usage.completion_tokens, 9);
      messages.push(
        choice.message,
        ...asked.map(({ id }) => ({ role: 'tool' as const, tool_call_id: id, content: 'fine' })),
      );
      on.say(name, tells);
      let text = '';
      let usage: OpenAI.CompletionUsage | null | undefined = null;
      const reasons: unknown[] = [];
      const stream = await openai.chat.completions.create({
        model,
        messages,
        tools: [tool],
        stream: true,
        stream_options: { include_usage: true },
      });
      for await (const chunk of stream) {
        checkChunk(chunk);
        text += chunk.choices[0]?.delta.content ?? '';
        if (chunk.choices[0]?.finish_reason != null) reasons.push(chunk.choices[0].finish_reason);
        usage = chunk.usage ?? usage;
      }
      assert.equal(text, tells.text);
      assert.deepEqual(reasons, ['stop']);
      assert.deepEqual([usage?.prompt_tokens, usage?.completion_tokens], [40, 6]);
      assert.equal(on.vendors[name].received.length - before, 2);
      const exchange = await until(async () => {
        const last = await lastExchange(gateway);
        return last.api === name && last.usage?.inputTokens === 40 && last;
      });
      assert.deepEqual([exchange.api, exchange.status, exchange.usage?.inputTokens], [name, 200, 40]);
    });

    // OpenAI's own responses are passed on as they are.
    if (name !== 'openai')
      it(`the openai SDK’s responses hold one with ${name}, whole and streamed`, async () => {
        const { openai } = on;
        const tools = [{ type: 'function' as const, name: 'weather', parameters: schema, strict: false }];
        const input: OpenAI.Responses.ResponseInputItem[] = [{ role: 'user', content: 'Weather in Oslo and Rome?' }];
        on.say(name, asks);
        const events: string[] = [];
        let first: OpenAI.Responses.Response | null = null;
        const asking = await openai.responses.create({ model, instructions: 'Be brief.', input, tools, stream: true });
        for await (const event of asking) {
          events.push(event.type);
          if (event.type === 'response.completed') first = event.response;
        }
        assert.ok(first !== null && events.includes('response.function_call_arguments.done'));
        const asked = first.output.filter((item) => item.type === 'function_call');
        assert.deepEqual(
          asked.map((one): unknown => JSON.parse(one.arguments)),
          [{ city: 'Oslo' }, { city: 'Rome' }],
        );
        assert.deepEqual([first.usage?.input_tokens, first.usage?.output_tokens], [20, 9]);
        for (const item of first.output) input.push(item as OpenAI.Responses.ResponseInputItem);
        for (const { call_id } of asked) input.push({ type: 'function_call_output', call_id, output: 'fine' });
        on.say(name, tells);
        const second = await openai.responses.create({ model, instructions: 'Be brief.', input, tools });
        assert.equal(second.output_text, tells.text);
        assert.equal(second.status, 'completed');
      });

    it(`the Anthropic SDK holds one with ${name}, streamed and whole`, async () => {
      const { anthropic } = on;
      const tools = [{ name: 'weather', description: 'Tells it', input_schema: schema }];
      const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'Weather in Oslo and Rome?' }];
      const base = { model, max_tokens: 500, system: 'Be brief.', tools };
      on.say(name, asks);
      const first = await anthropic.messages.stream({ ...base, messages }).finalMessage();
      assert.equal(first.stop_reason, 'tool_use');
      const asked = first.content.filter((block) => block.type === 'tool_use');
      assert.deepEqual(
        asked.map(({ input }) => input),
        [{ city: 'Oslo' }, { city: 'Rome' }],
      );
      assert.deepEqual(first.usage.output_tokens, 9);
      messages.push(
        { role: 'assistant', content: first.content },
        {
          role: 'user',
          content: asked.map(({ id }) => ({ type: 'tool_result' as const, tool_use_id: id, content: 'fine' })),
        },
      );
      on.say(name, tells);
      const second = await anthropic.messages.create({ ...base, messages });
      assert.deepEqual(
        second.content.map((block) => block.type === 'text' && block.text),
        [tells.text],
      );
      assert.equal(second.stop_reason, 'end_turn');
      assert.equal(second.usage.input_tokens, 40);
    });
  }
});

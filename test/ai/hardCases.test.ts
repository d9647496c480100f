import assert from 'node:assert/strict';
import type OpenAI from 'openai';
import { closeAll } from '../gateway/support.ts';
import { stage, vendors, type Stage } from './stage.ts';
import { events, type Answer } from './vendors.ts';

type Json = Readonly<Record<string, unknown>>;

const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const ask = [{ role: 'user' as const, content: 'Go' }];
const weather = { name: 'weather', input_schema: { type: 'object' as const, properties: {} } };

/** Two calls whose arguments come in turns, as OpenAI's indices allow. */
function inTurns(): Answer {
  const chunk = (delta: Json, finish_reason: string | null = null): Json => ({
    ...{ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm' },
    choices: [{ index: 0, delta, finish_reason }],
  });
  const begun = (index: number, id: string): Json =>
    chunk({ tool_calls: [{ index, id, type: 'function', function: { name: 'weather', arguments: '' } }] });
  const piece = (index: number, text: string): Json =>
    chunk({ tool_calls: [{ index, function: { arguments: text } }] });
  return {
    stream: [
      ...events(
        ...[begun(0, 'a'), piece(0, '{"city":'), begun(1, 'b'), piece(1, '{"city":"'), piece(0, '"Oslo"}')],
        ...[piece(1, 'Rome"}'), chunk({ content: 'So.' }), chunk({}, 'tool_calls')],
      ),
      'data: [DONE]\n\n',
    ],
  };
}

function drawn(url: string): Answer {
  const parts = [{ text: 'Here:' }, { inlineData: { mimeType: 'image/png', data: pixel } }];
  const answer = {
    candidates: [{ content: { role: 'model', parts }, index: 0, finishReason: 'STOP' }],
    usageMetadata: { promptTokenCount: 3, candidatesTokenCount: 1290, totalTokenCount: 1293 },
  };
  return url.includes('alt=sse') ? { stream: events(answer) } : { json: answer };
}

describe('What is hard to translate:', function () {
  this.timeout(30_000);
  let on: Stage;
  before(async () => (on = await stage()));
  after(closeAll);

  it('calls whose pieces come in turns', async () => {
    on.say('groq', inTurns);
    const { model } = vendors.groq;
    const stream = on.anthropic.messages.stream({ model, max_tokens: 9, messages: ask, tools: [weather] });
    const { content } = await stream.finalMessage();
    assert.deepEqual(
      content.map((block) => (block.type === 'tool_use' ? [block.id, block.input] : block.type)),
      [['a', { city: 'Oslo' }], ['b', { city: 'Rome' }], 'text'],
    );
    const tools = [{ type: 'function' as const, name: 'weather', parameters: {}, strict: false }];
    const { output } = await on.openai.responses.stream({ model, input: 'Go', tools }).finalResponse();
    assert.deepEqual(
      output.flatMap((item) => (item.type === 'function_call' ? [[item.call_id, item.arguments]] : [])),
      [
        ['a', '{"city":"Oslo"}'],
        ['b', '{"city":"Rome"}'],
      ],
    );
  });

  it('pictures that a model draws, in each format, whole and streamed', async () => {
    on.say('gemini', ({ url }) => drawn(url));
    const { model } = vendors.gemini;
    const link = `data:image/png;base64,${pixel}`;
    const whole = await on.openai.chat.completions.create({ model, messages: ask });
    const [image] = (whole.choices[0]?.message as unknown as { images: readonly Json[] }).images;
    assert.deepEqual(image, { type: 'image_url', image_url: { url: link } });
    const images: Json[] = [];
    for await (const { choices } of await on.openai.chat.completions.create({ model, messages: ask, stream: true }))
      images.push(...((choices[0]?.delta as { images?: readonly Json[] } | undefined)?.images ?? []));
    assert.deepEqual(images, [{ type: 'image_url', image_url: { url: link }, index: 0 }]);
    const block = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: pixel } };
    const question = { model, max_tokens: 9, messages: ask };
    assert.deepEqual((await on.anthropic.messages.create(question)).content[1], block);
    assert.deepEqual((await on.anthropic.messages.stream(question).finalMessage()).content[1], block);
    for (const { output } of [
      await on.openai.responses.create({ model, input: 'Go' }),
      await on.openai.responses.stream({ model, input: 'Go' }).finalResponse(),
    ]) {
      assert.deepEqual(
        output.flatMap((one) => (one.type === 'image_generation_call' ? [[one.status, one.result]] : [])),
        [['completed', pixel]],
      );
    }
  });

  it('files in results of tools, which few vendors take there', async () => {
    const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: pixel } } as const;
    for (const name of ['groq', 'gemini', 'mistral', 'openai'] as const) {
      on.say(name, { text: 'A pixel', input: 1, output: 1 });
      await on.anthropic.messages.create({
        ...{ model: vendors[name].model, max_tokens: 9, tools: [weather] },
        messages: [
          ...ask,
          {
            role: 'assistant',
            content: ['t1', 't2'].map((id) => ({ type: 'tool_use' as const, id, name: 'weather', input: {} })),
          },
          {
            role: 'user',
            content: [
              { type: 'tool_result', tool_use_id: 't1', content: [{ type: 'text', text: 'Look' }, image] },
              { type: 'tool_result', tool_use_id: 't2', content: [image] },
              { type: 'text', text: 'Well?' },
            ],
          },
        ],
      });
      const sent = JSON.stringify(on.vendors[name].last().body);
      assert.equal(sent.split(pixel).length, 3, name);
      assert.match(sent, /Look.*It is in the files.*tool call t1.*iVBOR.*tool call t2.*iVBOR.*Well\?/, name);
      if (name === 'groq' || name === 'openai') {
        const messages = on.vendors[name].last().body.messages as readonly { role: string }[];
        assert.deepEqual(
          messages.map(({ role }) => role),
          ['user', 'assistant', 'tool', 'tool', 'user'],
        );
      }
    }
    on.say('anthropic', { text: 'A pixel', input: 1, output: 1 });
    await on.openai.responses.create({
      model: vendors.anthropic.model,
      input: [
        { role: 'user', content: 'Go' },
        { type: 'function_call', call_id: 'c1', name: 'weather', arguments: '{}' },
        {
          type: 'function_call_output',
          call_id: 'c1',
          output: [{ type: 'input_image', image_url: `data:image/png;base64,${pixel}`, detail: 'auto' }],
        },
      ],
    });
    const turns = on.vendors.anthropic.last().body.messages as readonly { content: readonly Json[] }[];
    assert.deepEqual(
      turns.at(-1)?.content.map(({ type }) => type),
      ['tool_result', 'text', 'image'],
    );
  });

  it('a refusal of one’s own stays in the conversation, and what has no place is told', async () => {
    on.say('anthropic', { text: 'Hello', input: 1, output: 1 });
    const messages: OpenAI.ChatCompletionMessageParam[] = [
      { role: 'user', content: 'Do it', name: 'ann' },
      { role: 'assistant', content: null, refusal: 'I would rather not.' },
      { role: 'user', content: [{ type: 'text', text: 'Why?', cache_control: { type: 'ephemeral' } } as never] },
    ];
    const { model } = vendors.anthropic;
    const { response } = await on.openai.chat.completions.create({ model, messages }).withResponse();
    assert.match(JSON.stringify(on.vendors.anthropic.last().body), /I would rather not\./);
    assert.equal(response.headers.get('x-tollgate-ignored'), 'messages[0].name, cache_control');
    const headers = { 'x-tollgate-strict': 'true' };
    await assert.rejects(on.openai.chat.completions.create({ model, messages }, { headers }), {
      status: 400,
      code: 'unsupported_field',
    });
  });
});

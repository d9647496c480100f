import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Ajv } from 'ajv';
import { promptJsonSchema } from '../../src/shared/promptFrontMatter.ts';
import type { ChatDelta } from '../../src/shared/prompts.ts';
import { closeAll, lastExchange, until } from '../gateway/support.ts';
import { stage, type Stage } from './stage.ts';

describe('A prompt file that is worked on', function () {
  this.timeout(30_000);
  let on: Stage;
  const file = (name: string): string => path.join(on.gateway.directory, name);
  before(async () => {
    on = await stage({ openai: { ai: { models: { 'my-own': { price: { input: 3, output: 9 } } } } } });
    on.say('openai', { text: 'Short.', input: 1000, output: 200 });
  });
  after(closeAll);

  it('says what is wrong with it, and where', async () => {
    const check = async (source: string): Promise<readonly string[]> => {
      const { problems } = await on.gateway.api.checkPrompt(file('x.prompt.md'), source);
      return problems.map(({ severity, start, message }) => `${severity} ${String(start.line + 1)} ${message}`).sort();
    };
    const source = `---\nmodel: openai/gpt-4.1\nmodl: x\nvariables: { a: strin, b: { default: 3 } }\n---\n{{c}} {{ b b }}\n`;
    const front = await check(source);
    assert.deepEqual([front.length, front[0]], [3, 'error 3 "modl" is not known here.']);
    assert.match(front[1] ?? '', /^error 4 Expected one of/);
    const mended = source.replace('modl: x', 'output: { type: nothing }').replace('strin,', 'string,');
    assert.deepEqual(
      (await check(mended)).map((one) => one.replace(/:.*/, '')),
      [
        'error 3 This is no JSON schema that can be used',
        'error 4 "b" has to be string.',
        'error 6 The variable "c" is not declared.',
        'warning 4 The text does not use this variable.',
        'warning 4 The text does not use this variable.',
        'warning 6 This is no variable',
      ],
    );
    assert.match(
      (await check('---\nmodel: opnai/gpt-4.1\n---\nHi'))[0] ?? '',
      /^error 2 .*Did you mean "openai\/gpt-4.1"/,
    );
    assert.match((await check('Hi'))[0] ?? '', /^error 1 A prompt begins with front matter/);
    assert.match(
      (await check('---\nmodel: openai/gpt-4.1\n---\n# System\nHi'))[0] ?? '',
      /^error .*nothing for the user/,
    );
  });

  it('costs by the price that tollgate.jsonc says, in the answer and in the log', async () => {
    await writeFile(file('own.prompt.md'), '---\npublish: true\nmodel: openai/my-own\n---\nHi\n');
    const answer = await fetch(`${on.gateway.url}/prompts/own`, {
      method: 'POST',
      headers: { authorization: `Bearer ${on.gateway.programKey}` },
    });
    assert.equal(answer.headers.get('x-tollgate-cost-usd'), '0.0048');
    const row = await until(async () => {
      const last = await lastExchange(on.gateway);
      return last.operation === 'POST /prompts/own' && last.costUsd !== null && last;
    });
    assert.deepEqual([row.costUsd, row.costEstimated], [0.0048, true]);
  });

  it('has front matter that a JSON schema describes, for other editors', () => {
    const validate = new Ajv({ strict: false }).compile(promptJsonSchema());
    const front = { model: 'a/b', variables: { a: 'string', b: { type: 'image', required: false } }, publish: true };
    assert.ok(validate(front), JSON.stringify(validate.errors));
    assert.ok(!validate({ ...front, modle: 'x' }) && !validate({ model: 'a/b', parameters: { temperature: 9 } }));
  });

  it('and the editor’s own chat are answered, with the tools that a model calls', async () => {
    const deltas: ChatDelta[] = [];
    on.gateway.on('chatWritten', ({ run, delta }) => run === 'c' && deltas.push(delta));
    on.say('openai', {
      text: 'Let me see.',
      calls: [{ id: 'call_1', name: 'look', input: { at: 'x' } }],
      stop: 'tool',
      input: 10,
      output: 5,
    });
    const messages = [{ role: 'user', content: 'Hi' }];
    const outcome = await on.gateway.api.converse('c', { model: 'openai/gpt-4.1', messages });
    assert.deepEqual([outcome.finish, outcome.failure], ['tool_calls', null]);
    assert.equal(deltas.map(({ content }) => content ?? '').join(''), 'Let me see.');
    const calls = deltas.flatMap(({ tool_calls: pieces = [] }) => pieces);
    assert.equal(calls.map((one) => one.function?.arguments ?? '').join(''), '{"at":"x"}');
    on.say('openai', { text: 'Short.', input: 1000, output: 200 });
    const unknown = await on.gateway.api.converse('d', { model: 'nobody/x', messages });
    assert.equal(unknown.failure?.code, 'not_found');
  });

  it('is run from the editor: its words come as they are written, and its draft is enough', async () => {
    const written: string[] = [];
    on.gateway.on('promptWritten', ({ run, text }) => run === '1' && written.push(text));
    const draft = { id: '1', file: file('new.prompt.md'), version: null, model: null };
    const outcome = await on.gateway.api.runPrompt({
      ...draft,
      text: '---\nmodel: openai/gpt-4.1\nvariables: { a: string }\n---\nSay {{a}}',
      variables: { a: 'hello' },
    });
    assert.deepEqual([outcome.text, outcome.costUsd, written.join('')], ['Short.', 0.0036, 'Short.']);
    assert.equal((await on.gateway.api.exchange(outcome.exchanges[0] as never))?.operation, 'POST /prompts/new');
    const wrong = on.gateway.api.runPrompt({ ...draft, text: '---\nmodel: a/b\n---\nSay {{a}}', variables: {} });
    await assert.rejects(wrong, { code: 'prompt_unreadable' });
  });
});

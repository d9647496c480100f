import assert from 'node:assert/strict';
import { after, short } from './fixStage.ts';

describe('Files of settings and of requests', () => {
  const litellm = `model_list:
  - model_name: big # what clients ask for
    litellm_params:
      model: openai/gpt-4o
      api_base: https://api.openai.com/v1
      max_tokens: 4096
  - model_name: other
    litellm_params: { model: "openai/gpt-4.1", max_tokens: 4096 }
`;
  it('are searched for the model where no source names it, and shown before they change', async () => {
    assert.equal(
      await after({ 'litellm.yaml': litellm }, 'replaceModel'),
      `litellm.yaml?: ${litellm.replace('gpt-4o', 'gpt-4o-mini')}`,
    );
    assert.equal(
      await after({ 'litellm.yaml': litellm }, 'setMaxTokens'),
      `litellm.yaml?: ${litellm.replace('4096', '412')}`,
    );
    assert.equal(
      await after({ 'litellm.yaml': litellm }, 'setMaxTokens', { facts: { ...short, model: 'gpt-4.1' } }),
      `litellm.yaml?: ${litellm.replace('max_tokens: 4096 }', 'max_tokens: 412 }')}`,
    );
  });
  it('are left alone where too many name the model', async () => {
    const one = 'model: gpt-4o\n';
    assert.equal(await after({ 'a.yaml': one, 'b.yaml': one, 'c.yml': one }, 'replaceModel'), null);
  });
  it('get a limit where LiteLLM and promptfoo read one', async () => {
    assert.equal(
      await after(
        { 'l.yaml': 'model_list:\r\n- litellm_params:\r\n    model: gpt-4o # x\r\n    rpm: 1\r\n' },
        'setMaxTokens',
      ),
      'l.yaml?: model_list:\r\n- litellm_params:\r\n    model: gpt-4o # x\r\n    max_tokens: 412\r\n    rpm: 1\r\n',
    );
    const promptfoo = 'providers:\n  - id: openai:chat:gpt-4o\n    config:\n      temperature: 0\ntests: []\n';
    assert.equal(
      await after({ 'p.yaml': promptfoo }, 'setMaxTokens'),
      `p.yaml?: ${promptfoo.replace('temperature: 0', 'temperature: 0\n      max_tokens: 412')}`,
    );
    assert.equal(
      await after({ 'p.yaml': 'providers:\n  - openai:gpt-4o\n' }, 'replaceModel'),
      'p.yaml?: providers:\n  - openai:gpt-4o-mini\n',
    );
    assert.equal(
      await after({ 'p.yaml': "providers: [ { id: 'openai:gpt-4o' } ]\n" }, 'setMaxTokens'),
      "p.yaml?: providers: [ { id: 'openai:gpt-4o', config: { max_tokens: 412 } } ]\n",
    );
    assert.equal(await after({ 'x.yaml': 'agent:\n  model: gpt-4o\n' }, 'setMaxTokens'), null);
  });
  it('keep anchors, tags, block scalars and what is quoted', async () => {
    const yaml = `limits: &limits\n  most: &most !!int 4096\nprompt: |\n  model: gpt-4o\n  max_tokens: 4096\na:\n  <<: *limits\n  model: 'gpt-4o'\n  "max_tokens": *most ⟵\n`;
    assert.equal(
      await after({ 'a.yml': yaml }, 'setMaxTokens'),
      `a.yml: ${yaml.replace(' ⟵', '').replace('*most', '412')}`,
    );
    assert.equal(
      await after({ 'a.yml': yaml }, 'replaceModel'),
      `a.yml: ${yaml.replace(' ⟵', '').replace("'gpt-4o'", "'gpt-4o-mini'")}`,
    );
  });
  it('are found as Compose files that set variables', async () => {
    const compose = 'services:\n  app:\n    environment:\n      - MODEL=gpt-4o\n      - DEBUG=1\n';
    assert.equal(
      await after({ 'ask.ts': 'c.create({ model: process.env.MODEL }) ⟵', 'compose.yml': compose }, 'replaceModel'),
      `compose.yml: ${compose.replace('gpt-4o', 'gpt-4o-mini')}`,
    );
  });
  const http = `@model = gpt-4o
@most = 4096
###
# @name ask
POST https://api.openai.com/v1/chat/completions HTTP/1.1
Authorization: Bearer {{$dotenv OPENAI_API_KEY}}
Content-Type: application/json

{
\t"model": "gpt-4o", ⟵
\t"max_tokens": 4096,
\t"messages": [{ "role": "user", "content": "max_tokens: 1, {{name}}" }]
}

> {% client.log(response.body.max_tokens) %}

### another
POST https://api.openai.com/v1/chat/completions

{"model":"{{model}}","max_tokens":{{most}}}
`;
  it('have requests whose JSON is edited, those of the call and no other', async () => {
    const bare = http.replace(' ⟵', '');
    assert.equal(
      await after({ 'a.http': http }, 'setMaxTokens'),
      `a.http: ${bare.replace('"max_tokens": 4096', '"max_tokens": 412')}`,
    );
    assert.equal(
      await after({ 'a.http': http }, 'replaceModel'),
      `a.http: ${bare.replace('"model": "gpt-4o"', '"model": "gpt-4o-mini"')}`,
    );
  });
  it('have file variables that requests name', async () => {
    const second = `${http.replace(' ⟵', '').trimEnd()} ⟵\n`;
    const bare = second.replace(' ⟵', '');
    assert.equal(
      await after({ 'a.rest': second }, 'setMaxTokens'),
      `a.rest: ${bare.replace('@most = 4096', '@most = 412')}`,
    );
    assert.equal(
      await after({ 'a.rest': second }, 'replaceModel'),
      `a.rest: ${bare.replace('@model = gpt-4o', '@model = gpt-4o-mini')}`,
    );
  });
  it('get the limit into a request that has none', async () => {
    assert.equal(
      await after(
        { 'a.http': 'POST https://api.openai.com/v1/chat/completions\n\n{"model":"gpt-4o","messages":[]} ⟵' },
        'setMaxTokens',
      ),
      'a.http: POST https://api.openai.com/v1/chat/completions\n\n{"model":"gpt-4o","max_tokens":412,"messages":[]}',
    );
  });
});

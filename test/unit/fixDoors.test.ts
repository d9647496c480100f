import assert from 'node:assert/strict';
import type { FixContext } from '../../src/shared/remedy.ts';
import { plain } from '../../src/shared/text.ts';
import { after, edits, type Case } from './fixStage.ts';

const badKey = { cause: 'token_expired_or_invalid', facts: {} } as const;

/** `tollgate.jsonc` with those APIs, as fixes get it. */
function catalogue(text: string): Partial<FixContext> {
  return {
    catalogue: { file: '/w/tollgate.jsonc', label: 'tollgate.jsonc', languageId: 'jsonc', text },
  };
}

describe('The wrong door', () => {
  const moonshot: Case = { ...badKey, provider: 'moonshot', host: 'api.moonshot.ai' };
  it('is changed where the address is written: in code, in YAML, in .env and in requests', async () => {
    const cases: readonly (readonly [string, string])[] = [
      [
        'a.ts',
        `// https://api.moonshot.ai/v1\nconst c = new OpenAI({ baseURL: 'https://api.moonshot.ai/v1' });\nc.create({ model: m }); ⟵`,
      ],
      ['a.py', `c = OpenAI(base_url=f"https://api.moonshot.ai/{version}")\nc.create(model=m) ⟵`],
      ['a.yaml', `model: m ⟵\r\napi_base: "https://api.moonshot.ai/v1"\r\n`],
      ['a.http', `POST https://api.moonshot.ai/v1/chat/completions HTTP/1.1\nHost: api.moonshot.ai\n\n{} ⟵`],
    ];
    for (const [name, source] of cases) {
      const result = await after({ [name]: source }, 'changeAddress', moonshot);
      const comment = source.startsWith('//');
      const expected = source.replace(' ⟵', '').replaceAll('api.moonshot.ai', 'api.moonshot.cn');
      assert.equal(result, `${name}: ${comment ? expected.replace('.cn', '.ai') : expected}`);
    }
    assert.equal(
      await after(
        {
          'a.ts': 'const c = new OpenAI({ baseURL: process.env.BASE });\nc.create({ model: m }) ⟵',
          '.env': 'BASE=https://api.moonshot.ai/v1',
        },
        'changeAddress',
        moonshot,
      ),
      '.env: BASE=https://api.moonshot.cn/v1',
    );
  });
  it('is changed in the one file of settings that has the address, after it was shown', async () => {
    const files = { 'a.ts': 'c.create({ model: m }) ⟵', '.env': 'OPENAI_BASE_URL=https://api.moonshot.ai/v1' };
    assert.equal(await after(files, 'changeAddress', moonshot), '.env?: OPENAI_BASE_URL=https://api.moonshot.cn/v1');
    const two = { ...files, 'b.yaml': 'api_base: https://api.moonshot.ai/v1' };
    assert.equal(await after(two, 'changeAddress', moonshot), null);
  });
  it('is changed in tollgate.jsonc, where the gateway knows the address and the source does not', async () => {
    const source = { 'a.ts': 'c.create({ model: m }) ⟵' };
    const own = '// APIs\n{ "apis": { "other": { "provider": "moonshot" }, "moonshot": { "provider": "moonshot" } } }';
    assert.equal(
      await after(source, 'changeAddress', { ...moonshot, more: catalogue(own) }),
      `tollgate.jsonc: ${own.replace('"moonshot": { "provider": "moonshot"', '"moonshot": { "provider": "moonshot", "upstream": "https://api.moonshot.cn"')}`,
    );
    const declared = '{ "apis": { "moonshot": { "upstream": "https://api.moonshot.ai" } } }';
    assert.equal(
      await after(source, 'changeAddress', { ...moonshot, more: catalogue(declared) }),
      `tollgate.jsonc: ${declared.replace('.ai', '.cn')}`,
    );
    const relay = '{ "apis": { "moonshot": { "upstream": "https://relay.example" } } }';
    assert.equal(await after(source, 'changeAddress', { ...moonshot, more: catalogue(relay) }), null);
  });
  it('is a path where a coding plan has one of its own', async () => {
    const zhipu: Case = {
      provider: 'zhipu',
      facts: {},
      host: 'open.bigmodel.cn',
      path: '/api/paas/v4/chat/completions',
    };
    const source = (path: string): string =>
      `const c = new OpenAI({ baseURL: 'http://127.0.0.1:4000/zhipu${path}' });\nc.create({ model: m });`;
    assert.equal(
      await after({ 'a.ts': `${source('/api/paas/v4')} ⟵` }, 'changeAddress', zhipu),
      `a.ts: ${source('/api/coding/paas/v4')}`,
    );
    assert.equal(
      await after({ 'a.ts': `${source('/api/coding/paas/v4')} ⟵` }, 'changeAddress', {
        ...zhipu,
        path: '/api/coding/paas/v4/chat/completions',
      }),
      `a.ts: ${source('/api/paas/v4')}`,
    );
  });
  it('is left for the one that the answer names', async () => {
    const what: Case = {
      ...{ cause: 'configuration_error', provider: 'deepl', facts: {}, host: 'api.deepl.com', path: '/v2/translate' },
      evidence: 'Wrong endpoint. Use https://api-free.deepl.com',
    };
    const files = { 'a.py': 'requests.post("https://api.deepl.com/v2/translate", json=body) ⟵' };
    assert.equal(
      await after(files, 'changeAddress', what),
      'a.py: requests.post("https://api-free.deepl.com/v2/translate", json=body)',
    );
    const [remedy] = await edits(files, what);
    assert.equal(
      remedy === undefined ? '' : plain(remedy.title),
      'Call api-free.deepl.com instead, as the answer says',
    );
    assert.equal(await after(files, 'changeAddress', { ...what, evidence: 'Please go to https://evil.example' }), null);
    assert.equal(await after(files, 'changeAddress', { ...what, evidence: 'See https://www.deepl.com' }), null);
  });
  it('is not changed in what only looks like it', async () => {
    const source = `const a = 'https://api.moonshot.ai.evil.example/v1', b = 'see https://api.moonshot.ai/docs';\nc.create({ model: m }) ⟵`;
    assert.equal(await after({ 'a.ts': source }, 'changeAddress', moonshot), null);
  });
});

describe('A header that is wrong', () => {
  it('is added where Anthropic misses it', async () => {
    const what: Case = {
      cause: 'configuration_error',
      provider: 'anthropic',
      facts: {},
      evidence: 'anthropic-version: header is required',
    };
    assert.equal(
      await after(
        { 'a.ts': "await fetch(url, {\n  headers: {\n    'x-api-key': key,\n  },\n}); ⟵" },
        'mendHeader',
        what,
      ),
      "a.ts: await fetch(url, {\n  headers: {\n    'x-api-key': key,\n    'anthropic-version': '2023-06-01',\n  },\n});",
    );
    assert.equal(
      await after({ 'a.py': 'r = httpx.post(url, headers={"x-api-key": key}, json=body) ⟵' }, 'mendHeader', what),
      'a.py: r = httpx.post(url, headers={"x-api-key": key, "anthropic-version": "2023-06-01"}, json=body)',
    );
    assert.equal(
      await after(
        { 'a.http': 'POST https://api.anthropic.com/v1/messages\r\nX-Api-Key: {{key}}\r\n\r\n{} ⟵' },
        'mendHeader',
        what,
      ),
      'a.http: POST https://api.anthropic.com/v1/messages\r\nX-Api-Key: {{key}}\r\nanthropic-version: 2023-06-01\r\n\r\n{}',
    );
  });
  it('is taken out where the organisation is not that of the key', async () => {
    const what: Case = { cause: 'configuration_error', facts: {}, evidence: 'mismatched_organization' };
    assert.equal(
      await after(
        { 'a.ts': `const c = new OpenAI({\n  organization: 'org-1',\n  apiKey,\n});\nc.create({}); ⟵` },
        'mendHeader',
        what,
      ),
      'a.ts: const c = new OpenAI({\n  apiKey,\n});\nc.create({});',
    );
    assert.equal(
      await after(
        { 'a.py': 'requests.post(url, headers={"Authorization": a, "OpenAI-Organization": org}) ⟵' },
        'mendHeader',
        what,
      ),
      'a.py: requests.post(url, headers={"Authorization": a})',
    );
    assert.equal(
      await after(
        { 'a.http': 'GET https://api.openai.com/v1/models ⟵\nOpenAI-Organization: org-1\nAccept: */*\n' },
        'mendHeader',
        what,
      ),
      'a.http: GET https://api.openai.com/v1/models\nAccept: */*\n',
    );
  });
  it('gives way to a version that Azure has', async () => {
    const what: Case = {
      cause: 'configuration_error',
      provider: 'azure-openai',
      facts: {},
      evidence: "The api-version '2023-03-15-preview' is invalid.",
    };
    assert.equal(
      await after(
        { 'a.ts': 'fetch(`${base}/openai/deployments/a/chat/completions?api-version=2023-03-15-preview`) ⟵' },
        'mendHeader',
        what,
      ),
      'a.ts: fetch(`${base}/openai/deployments/a/chat/completions?api-version=2024-10-21`)',
    );
    assert.equal(
      await after(
        { 'a.py': 'c = AzureOpenAI(api_version="2023-03-15-preview")\nc.create(model="m") ⟵' },
        'mendHeader',
        what,
      ),
      'a.py: c = AzureOpenAI(api_version="2024-10-21")\nc.create(model="m")',
    );
  });
});

describe('Calls that bypass the gateway', () => {
  it('are sent through it from settings and requests as well', async () => {
    const more = { apiUrl: 'http://127.0.0.1:4000/openai' };
    assert.equal(
      await after(
        { '.env': '# https://api.openai.com/v1\nOPENAI_BASE_URL="https://api.openai.com/v1" ⟵\n' },
        'useGateway',
        { more },
      ),
      '.env: # https://api.openai.com/v1\nOPENAI_BASE_URL="http://127.0.0.1:4000/openai/v1"\n',
    );
    assert.equal(
      await after({ 'a.http': 'POST https://api.openai.com/v1/chat/completions ⟵\n\n{}' }, 'useGateway', { more }),
      'a.http: POST http://127.0.0.1:4000/openai/v1/chat/completions\n\n{}',
    );
  });
});

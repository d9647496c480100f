import assert from 'node:assert/strict';
import { after, short, type Case } from './fixStage.ts';

describe('Values that the call gets by a detour', () => {
  const fewer = (name: string, source: string, what: Case = {}): Promise<string | null> =>
    after({ [name]: source }, 'setMaxTokens', what).then((result) => result?.slice(name.length + 2) ?? null);
  it('are found as members of constants, fields and parameters', async () => {
    assert.equal(
      await fewer(
        'a.ts',
        `const config = { openai: { most: 4096 } };\nc.create({ model, max_tokens: config.openai.most }); ⟵`,
      ),
      `const config = { openai: { most: 412 } };\nc.create({ model, max_tokens: config.openai.most });`,
    );
    assert.equal(
      await fewer(
        'a.py',
        `class A:\n    def __init__(self):\n        self.most = 4096\n    def ask(self):\n        return self.c.create(model="m", max_tokens=self.most) ⟵\n`,
      ),
      `class A:\n    def __init__(self):\n        self.most = 412\n    def ask(self):\n        return self.c.create(model="m", max_tokens=self.most)\n`,
    );
    assert.equal(
      await fewer(
        'a.py',
        `def ask(prompt: str, *, most: int = 4096) -> str:\n    return c.create(model="m", max_tokens=most) ⟵\n`,
      ),
      `def ask(prompt: str, *, most: int = 412) -> str:\n    return c.create(model="m", max_tokens=most)\n`,
    );
  });
  it('are found where they are put into the options afterwards', async () => {
    assert.equal(
      await fewer('a.py', `body = {"model": "m"}\nbody["max_tokens"] = 4096\nrequests.post(url, json=body) ⟵\n`),
      `body = {"model": "m"}\nbody["max_tokens"] = 412\nrequests.post(url, json=body)\n`,
    );
    assert.equal(
      await fewer('a.js', `const options = {};\noptions.max_tokens = 4096;\nawait c.create(options); ⟵`),
      `const options = {};\noptions.max_tokens = 412;\nawait c.create(options);`,
    );
  });
  it('are found at the model object that is invoked', async () => {
    assert.equal(
      await fewer('a.py', `llm = ChatOpenAI(model="gpt-4o", max_tokens=4096)\nprint(llm.invoke("hi")) ⟵\n`),
      `llm = ChatOpenAI(model="gpt-4o", max_tokens=412)\nprint(llm.invoke("hi"))\n`,
    );
    assert.equal(
      await fewer('a.ts', `const llm = new ChatOpenAI({ model: 'gpt-4o' });\nconst a = await llm.invoke('hi'); ⟵`),
      `const llm = new ChatOpenAI({ model: 'gpt-4o', maxTokens: 412 });\nconst a = await llm.invoke('hi');`,
    );
  });
  it('are put in as the library calls them', async () => {
    assert.equal(
      await fewer('a.ts', `await generateText({ model: openai('gpt-4o'), prompt }); ⟵`),
      `await generateText({ model: openai('gpt-4o'), maxOutputTokens: 412, prompt });`,
    );
    assert.equal(
      await fewer('a.ts', `c.chat.completions.create({ model: 'gpt-5', messages }) ⟵`, {
        facts: { ...short, model: 'gpt-5' },
      }),
      `c.chat.completions.create({ model: 'gpt-5', max_completion_tokens: 412, messages })`,
    );
  });
  it('are put into the configuration of Gemini', async () => {
    const gemini: Case = {
      provider: 'gemini',
      facts: { affordableTokens: 412, model: 'gemini-2.5-pro' },
      path: '/v1beta/models/gemini-2.5-pro:generateContent',
    };
    const cases: readonly (readonly [string, string, string])[] = [
      [
        'a.ts',
        `ai.models.generateContent({ model: 'gemini-2.5-pro', contents }) ⟵`,
        `ai.models.generateContent({ model: 'gemini-2.5-pro', contents, config: { maxOutputTokens: 412 } })`,
      ],
      [
        'a.ts',
        `ai.models.generateContent({ model, contents: 'x', config: { temperature: 0 } }) ⟵`,
        `ai.models.generateContent({ model, contents: 'x', config: { maxOutputTokens: 412, temperature: 0 } })`,
      ],
      [
        'a.py',
        `client.models.generate_content(model="m", contents="x") ⟵`,
        `client.models.generate_content(model="m", contents="x", config={ "max_output_tokens": 412 })`,
      ],
      [
        'a.py',
        `client.models.generate_content(model="m", contents="x", config=types.GenerateContentConfig(temperature=0)) ⟵`,
        `client.models.generate_content(model="m", contents="x", config=types.GenerateContentConfig(max_output_tokens=412, temperature=0))`,
      ],
      [
        'a.ts',
        "fetch(`${base}:generateContent`, { method: 'POST', body: JSON.stringify({ contents: [] }) }) ⟵",
        "fetch(`${base}:generateContent`, { method: 'POST', body: JSON.stringify({ contents: [], generationConfig: { maxOutputTokens: 412 } }) })",
      ],
      [
        'a.json',
        '{ "contents": [],\n  "generationConfig": {} } ⟵',
        '{ "contents": [],\n  "generationConfig": { "maxOutputTokens": 412 } }',
      ],
      ['a.json', '{ "contents": [] } ⟵', '{ "contents": [], "generationConfig": { "maxOutputTokens": 412 } }'],
    ];
    for (const [name, before, expected] of cases) assert.equal(await fewer(name, before, gemini), expected);
  });
  it('are not taken from f-strings, templates and comments', async () => {
    const source = `s = f"max_tokens={4096!r} {{'max_tokens': 4096}}"\nr = c.create(model="gpt-4o", prompt=f"""max_tokens=4096\n"max_tokens": {n}""") ⟵ # max_tokens=4096\n`;
    assert.equal(
      await fewer('a.py', source),
      source.replace(' ⟵', '').replace('model="gpt-4o"', 'model="gpt-4o", max_tokens=412'),
    );
  });
});

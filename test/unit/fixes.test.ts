import assert from 'node:assert/strict';
import { providerById } from '../../src/providers/index.ts';
import { remedies } from '../../src/fixes/index.ts';
import type { Cause, Facts, Finding } from '../../src/shared/finding.ts';
import type { ExchangeId } from '../../src/shared/exchange.ts';
import type { FixContext, Remedy, SourceDocument, SourceEdit } from '../../src/shared/remedy.ts';
import { plain, text } from '../../src/shared/text.ts';
import { causes } from '../../src/shared/finding.ts';

function finding(cause: Cause, facts: Facts = {}, path = '/v1/chat/completions', host = 'api.openai.com'): Finding {
  return {
    key: 'k',
    diagnosis: {
      rule: 'test',
      cause,
      alternatives: [],
      responsibleParty: 'caller',
      confidence: 0.9,
      summary: text('Refused.'),
      evidence: [],
      retry: { helps: cause === 'rate_limit', afterSeconds: cause === 'rate_limit' ? 20 : null },
      facts,
    },
    api: 'openai',
    provider: 'openai',
    callSite: null,
    method: 'POST',
    host,
    path,
    status: 402,
    exchangeId: '01' as ExchangeId,
    exchangeNumber: 1,
    simulated: false,
    firstAt: 0,
    lastAt: 0,
    count: 1,
  };
}

/** The document whose line with the mark `⟵` made the call; the mark is taken out. */
function document(languageId: string, marked: string): SourceDocument {
  const at = marked.indexOf('⟵');
  return { languageId, text: marked.replace(/ ?⟵/, ''), line: marked.slice(0, at).split('\n').length - 1 };
}

function context(one: Finding, source: SourceDocument | null, more: Partial<FixContext> = {}): FixContext {
  return { finding: one, provider: providerById('openai'), document: source, apiUrl: null, credential: null, ...more };
}

function apply(source: string, edits: readonly SourceEdit[]): string {
  return [...edits]
    .sort((a, b) => b.start - a.start)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), source);
}

function edited(
  languageId: string,
  marked: string,
  id: string,
  one: Finding,
  more: Partial<FixContext> = {},
): string | null {
  const source = document(languageId, marked);
  const remedy = remedies(context(one, source, more)).find(
    (candidate): candidate is Remedy & { kind: 'edit' } => candidate.kind === 'edit' && candidate.id === id,
  );
  return remedy === undefined ? null : apply(source.text, remedy.edits);
}

const short = finding('insufficient_funds', { affordableTokens: 412, requestedTokens: 4096 });
const limited = (languageId: string, marked: string): string | null =>
  edited(languageId, marked, 'setMaxTokens', short);

describe('Asking for fewer tokens', () => {
  const same: readonly (readonly [title: string, language: string, before: string, after: string])[] = [
    [
      'changes the member of an object over several lines',
      'typescript',
      'const a = await client.chat.completions.create({ ⟵\n  model: "gpt-4o",\n  max_tokens: 4096,\n  messages: [],\n});\n',
      'const a = await client.chat.completions.create({\n  model: "gpt-4o",\n  max_tokens: 412,\n  messages: [],\n});\n',
    ],
    [
      'leaves comments, strings and templates that mention max_tokens alone',
      'javascript',
      '// max_tokens: 1\nconst s = `max_tokens: ${"max_tokens: 2"}`;\nawait f({ prompt: "max_tokens: 3", /* max_tokens: 4, */ max_tokens: 4_096 }); ⟵\n',
      '// max_tokens: 1\nconst s = `max_tokens: ${"max_tokens: 2"}`;\nawait f({ prompt: "max_tokens: 3", /* max_tokens: 4, */ max_tokens: 412 });\n',
    ],
    [
      'finds the call by a line in its middle',
      'typescript',
      'await openai\n  .chat.completions\n  .create({ ⟵\n    model,\n    max_completion_tokens: 9000 })\n  .then((r) => r);',
      'await openai\n  .chat.completions\n  .create({\n    model,\n    max_completion_tokens: 412 })\n  .then((r) => r);',
    ],
    [
      'follows a constant of the same file',
      'typescript',
      'const LIMIT: number = 4096;\nasync function run() {\n  await c.create({ model: "m", max_tokens: LIMIT }); ⟵\n}\n',
      'const LIMIT: number = 412;\nasync function run() {\n  await c.create({ model: "m", max_tokens: LIMIT });\n}\n',
    ],
    [
      'follows the object that the call is given',
      'javascript',
      "const params = { model: 'm', max_tokens: 4096, };\nclient.messages.create(params); ⟵\n",
      "const params = { model: 'm', max_tokens: 412, };\nclient.messages.create(params);\n",
    ],
    [
      'takes an expression as a whole',
      'typescript',
      'await c.create({ model: m, max_tokens: Math.max(1000, n ?? (2 + 3)), stream: true }) ⟵',
      'await c.create({ model: m, max_tokens: 412, stream: true })',
    ],
    [
      'writes a shorthand member out',
      'typescript',
      'async function f(max_tokens: number) {\n  return c.create({ model: "m", max_tokens }); ⟵\n}',
      'async function f(max_tokens: number) {\n  return c.create({ model: "m", max_tokens: 412 });\n}',
    ],
    [
      'takes the nearest of several calls',
      'typescript',
      'await c.create({ model: "a", max_tokens: 5000 });\nawait c.create({ model: "b", max_tokens: 6000 }); ⟵\nawait c.create({ model: "c", max_tokens: 7000 });\n',
      'await c.create({ model: "a", max_tokens: 5000 });\nawait c.create({ model: "b", max_tokens: 412 });\nawait c.create({ model: "c", max_tokens: 7000 });\n',
    ],
    [
      'goes into JSON.stringify of a fetch',
      'javascript',
      "const r = await fetch(`${base}/v1/chat`, { ⟵\n  method: 'POST',\n  body: JSON.stringify({ model: 'm', \"max_tokens\": 4096 }),\n});",
      "const r = await fetch(`${base}/v1/chat`, {\n  method: 'POST',\n  body: JSON.stringify({ model: 'm', \"max_tokens\": 412 }),\n});",
    ],
    [
      'puts the member in where it is absent, on its own line',
      'typescript',
      "await c.create({ ⟵\n    model: 'gpt-4o', // the big one\n    messages: [{ role: 'user', content: 'hi' }],\n});",
      "await c.create({\n    model: 'gpt-4o',\n    max_tokens: 412, // the big one\n    messages: [{ role: 'user', content: 'hi' }],\n});",
    ],
    [
      'puts the member in where it is absent, on one line',
      'javascript',
      'await c.create({ model, messages }) ⟵',
      'await c.create({ model, max_tokens: 412, messages })',
    ],
    [
      'keeps CRLF and a missing newline at the end',
      'typescript',
      'await c.create({ ⟵\r\n  model: "m",\r\n  messages: m\r\n})',
      'await c.create({\r\n  model: "m",\r\n  max_tokens: 412,\r\n  messages: m\r\n})',
    ],
    [
      'is not led astray by a regular expression with a quote',
      'javascript',
      'const q = /["\'`{]/g; const half = a / b; await c.create({ model: "m", max_tokens: 4096 }) ⟵',
      'const q = /["\'`{]/g; const half = a / b; await c.create({ model: "m", max_tokens: 412 })',
    ],
    [
      'changes a keyword argument in Python',
      'python',
      'r = client.chat.completions.create( ⟵\n    model="gpt-4o",\n    max_tokens=4096,  # max_tokens=1\n    messages=[{"role": "user", "content": "max_tokens=9"}],\n)\n',
      'r = client.chat.completions.create(\n    model="gpt-4o",\n    max_tokens=412,  # max_tokens=1\n    messages=[{"role": "user", "content": "max_tokens=9"}],\n)\n',
    ],
    [
      'puts a keyword argument in where it is absent',
      'python',
      'r = client.chat.completions.create(model="gpt-4o", messages=m) ⟵\n',
      'r = client.chat.completions.create(model="gpt-4o", max_tokens=412, messages=m)\n',
    ],
    [
      'changes a key of a Python dictionary, across a line continuation',
      'python',
      "r = requests \\\n    .post(url, json={'model': 'm', 'max_tokens': 4096}) ⟵\n",
      "r = requests \\\n    .post(url, json={'model': 'm', 'max_tokens': 412})\n",
    ],
    [
      'puts a key into a Python dictionary in its quotes',
      'python',
      "payload = {\n    'model': 'm',\n    'messages': [],\n}\nr = requests.post(url, json=payload) ⟵\n",
      "payload = {\n    'model': 'm',\n    'max_tokens': 412,\n    'messages': [],\n}\nr = requests.post(url, json=payload)\n",
    ],
    [
      'follows a Python constant and a spread',
      'python',
      'MAX = 4096\noptions = dict(max_tokens=MAX)\nclient.create(model="m", **options) ⟵\n',
      'MAX = 412\noptions = dict(max_tokens=MAX)\nclient.create(model="m", **options)\n',
    ],
    ['changes JSON', 'json', '{ "model": "m", ⟵\n  "max_tokens": 4096 }', '{ "model": "m",\n  "max_tokens": 412 }'],
    ['puts a key into JSON', 'json', '{"model":"m","messages":[]} ⟵', '{"model":"m","max_tokens":412,"messages":[]}'],
    [
      'works inside a callback',
      'typescript',
      'describe("x", () => {\n  it("y", async () => {\n    const max_tokens = 3000;\n    const a = await c.create({ model: "m", max_tokens }); ⟵\n  });\n});',
      'describe("x", () => {\n  it("y", async () => {\n    const max_tokens = 412;\n    const a = await c.create({ model: "m", max_tokens });\n  });\n});',
    ],
    [
      'does not touch types',
      'typescript',
      'interface P { max_tokens: number }\nconst p: P = { max_tokens: 900 };\nasync function go() { return c.create({ model: "m", ...p }); } ⟵',
      'interface P { max_tokens: number }\nconst p: P = { max_tokens: 412 };\nasync function go() { return c.create({ model: "m", ...p }); }',
    ],
  ];
  for (const [title, language, before, after] of same) {
    it(title, () => assert.equal(limited(language, before), after));
  }

  it('offers nothing where the code asks for less already', () => {
    assert.equal(limited('typescript', 'c.create({ model: "m", max_tokens: 100 }) ⟵'), null);
  });
  it('offers nothing where the brackets do not pair', () => {
    assert.equal(limited('typescript', 'c.create({ model: "m", max_tokens: 4096 ⟵'), null);
  });
  it('offers nothing in a language it cannot read', () => {
    assert.equal(limited('ruby', 'c.create(model: "m", max_tokens: 4096) ⟵'), null);
  });
  it('names the member as the Responses API does', () => {
    const one = finding('insufficient_funds', { affordableTokens: 50 }, '/v1/responses');
    assert.equal(
      edited('javascript', "c.responses.create({ model: 'm', input: 'x' }) ⟵", 'setMaxTokens', one),
      "c.responses.create({ model: 'm', max_output_tokens: 50, input: 'x' })",
    );
  });
});

describe('Using a cheaper model', () => {
  const model = (language: string, marked: string): string | null =>
    edited(language, marked, 'replaceModel', finding('insufficient_funds', { model: 'gpt-4o' }));

  it('replaces the string in the call and keeps its quotes', () => {
    assert.equal(
      model('typescript', "c.create({ model: 'gpt-4o', n: 1 }) ⟵"),
      "c.create({ model: 'gpt-4o-mini', n: 1 })",
    );
    assert.equal(model('python', 'c.create(model="gpt-4o") ⟵'), 'c.create(model="gpt-4o-mini")');
  });
  it('follows a constant', () => {
    assert.equal(
      model('typescript', "const model = 'gpt-4o';\nc.create({ model }); ⟵"),
      "const model = 'gpt-4o-mini';\nc.create({ model });",
    );
  });
  it('finds the nearest string with the model that was called', () => {
    assert.equal(
      model('typescript', "const m = { big: 'gpt-4o' };\nc.create({ model: m.big }); ⟵"),
      "const m = { big: 'gpt-4o-mini' };\nc.create({ model: m.big });",
    );
  });
  it('offers nothing for a model that is the cheapest known', () => {
    assert.equal(model('typescript', "c.create({ model: 'gpt-5-nano' }) ⟵"), null);
  });
});

describe('Sending calls through the gateway', () => {
  it('replaces the vendor’s origin in strings, not in comments nor in links to its site', () => {
    const source =
      "// https://api.openai.com/v1\nconst docs = 'https://api.openai.com/docs';\nconst base = 'https://api.openai.com/v1';\nfetch(`https://api.openai.com/v1/chat/${kind}`); ⟵";
    assert.equal(
      edited('typescript', source, 'useGateway', finding('rate_limit'), { apiUrl: 'http://127.0.0.1:4000/openai' }),
      "// https://api.openai.com/v1\nconst docs = 'https://api.openai.com/docs';\nconst base = 'http://127.0.0.1:4000/openai/v1';\nfetch(`http://127.0.0.1:4000/openai/v1/chat/${kind}`);",
    );
  });
});

describe('Remedies', () => {
  const idsOf = (more: Partial<FixContext>, cause: Cause): readonly string[] =>
    remedies(context(finding(cause), null, more)).map(({ id }) => id);

  it('offer for every cause something beyond looking at it, and every id once', () => {
    for (const cause of causes) {
      const ids = idsOf({}, cause);
      assert.deepEqual(ids, [...new Set(ids)], cause);
      assert.ok(
        ids.some((id) => id !== 'showInLog' && id !== 'copyReport'),
        cause,
      );
      assert.ok(
        ids.some((id) => id.startsWith('open')),
        cause,
      );
    }
  });
  it('refresh a token before anything else where that is possible', () => {
    const credential = { kind: 'ready', expiresAt: null, refreshable: true, from: 'stored' } as const;
    assert.equal(idsOf({ credential }, 'token_expired_or_invalid')[0], 'refreshToken');
    assert.ok(
      !idsOf({ credential: { ...credential, refreshable: false } }, 'token_expired_or_invalid').includes(
        'refreshToken',
      ),
    );
  });
  it('say how long to wait before a replay', () => {
    const replay = remedies(context(finding('rate_limit'), null)).find(({ id }) => id === 'replay');
    assert.match(replay === undefined ? '' : plain(replay.title), /20 s/);
  });
  it('open only links to sites of the vendor', () => {
    const open = (link: string): boolean =>
      remedies(context(finding('insufficient_funds', { link }), null)).some(({ id }) => id === 'openLink');
    assert.ok(open('https://platform.openai.com/somewhere'));
    assert.ok(!open('https://evil.example/pay'));
    assert.ok(!open('javascript:alert(1)'));
  });
});

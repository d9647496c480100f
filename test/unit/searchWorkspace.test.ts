import assert from 'node:assert/strict';
import { providerById } from '../../src/providers/index.ts';
import { searchWorkspace } from '../../src/search/searchWorkspace.ts';
import type { UnplacedCall } from '../../src/search/sought.ts';

const chat: UnplacedCall = {
  method: 'POST',
  host: 'api.openai.com',
  path: '/v1/chat/completions',
  api: 'openai',
  provider: providerById('openai'),
  program: null,
};

/** The lines that are found, best first, as `file:line`. */
async function found(call: UnplacedCall, files: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const read = (file: string): Promise<string | null> => Promise.resolve(files[file] ?? null);
  const candidates = await searchWorkspace(call, { files: Object.keys(files), read });
  return candidates.map(({ file, line }) => `${file}:${line}`);
}

describe('The search for a call whose line nobody noted', () => {
  const cases: readonly (readonly [string, UnplacedCall, string, string])[] = [
    ['a URL in Go', chat, 'a.go', 'x := 1\nhttp.Post("https://api.openai.com/v1/chat/completions", t, b)'],
    ['a path behind a base URL in Java', chat, 'A.java', '\nURI.create(base + "/chat/completions")'],
    ['the gateway’s own path in a script', chat, 'ask.sh', '\ncurl "$TOLLGATE_URL/openai/v1/chat/completions" \\'],
    ['an SDK’s call in Python', chat, 'a.py', 'client = OpenAI()\nanswer = client.chat.completions.create('],
    ['an SDK’s call in Go', chat, 'a.go', 'a()\nres, err := client.Chat.Completions.New(ctx, params)'],
    ['an SDK’s call in Java, by methods', chat, 'A.java', '\nclient.chat().completions().create(params);'],
    ['a request in a file of requests', chat, 'all.http', '# first\nPOST {{host}}/v1/chat/completions'],
    [
      'a path with an id in the middle',
      { ...chat, host: 'api.stripe.com', path: '/v1/customers/cus_9s6XKzkNRiz8i3/sources', api: null, provider: null },
      'pay.rb',
      '\nget("/v1/customers/#{id}/sources")',
    ],
    [
      'an SDK’s call of another case',
      { ...chat, host: 'api.stripe.com', path: '/v1/payment_intents?limit=3', api: null, provider: null },
      'pay.ts',
      '\nawait stripe.paymentIntents.create({ amount });',
    ],
    [
      'a short path behind its host',
      { ...chat, method: 'GET', host: 'localhost:8443', path: '/api/v1/models?limit=3', provider: null },
      'ask.sh',
      'curl https://localhost:8443/api/v1/models/big\ncurl -sS https://localhost:8443/api/v1/models -o /dev/null',
    ],
    [
      'a method behind a colon, with the model before it',
      { ...chat, host: 'generativelanguage.googleapis.com', path: '/v1beta/models/gemini-2.5-pro:generateContent' },
      'a.cs',
      '\nvar url = $"{root}/models/{model}:generateContent";',
    ],
  ];
  for (const [what, call, file, text] of cases)
    it(`finds ${what}`, async () => {
      assert.deepEqual(await found(call, { [file]: text, 'none.ts': 'export const chat = messages.create(x);\n' }), [
        `${file}:2`,
      ]);
    });

  it('prefers the program that ran, and a line that says more', async () => {
    const files = {
      'other.go': 'post("/chat/completions")',
      'main.go': 'post("/chat/completions")',
      'full.go': 'post("https://api.openai.com/v1/chat/completions")',
    };
    assert.equal((await found(chat, files))[0], 'full.go:1');
    const same = { ...files, 'full.go': '' };
    assert.equal((await found({ ...chat, program: 'go main.go' }, same))[0], 'main.go:1');
  });

  it('finds nothing in comments, nor by a word that every program has', async () => {
    assert.deepEqual(await found(chat, { 'a.ts': '// POST https://api.openai.com/v1/chat/completions\n' }), []);
    const messages = { ...chat, path: '/v1/messages', host: 'api.anthropic.com', api: 'anthropic' };
    assert.deepEqual(await found(messages, { 'a.ts': 'const messages = [];\nlog(messages.length);\n' }), []);
  });

  it('takes no time worth speaking of for a big file of one line', async () => {
    const big = `const x = "${'/chat/'.repeat(80_000)}";`;
    const start = performance.now();
    assert.deepEqual(await found(chat, { 'a.js': big }), []);
    assert.ok(performance.now() - start < 1000);
  });
});

import assert from 'node:assert/strict';
import { rename, rm, writeFile } from 'node:fs/promises';
import { parseCatalogue } from '../../src/gateway/parseCatalogue.ts';
import { resolveApis } from '../../src/gateway/resolveApis.ts';
import type { CatalogueProblem } from '../../src/shared/catalogue.ts';
import { closeAll, gatewayWith, until, upstream } from './support.ts';

describe('tollgate.jsonc', () => {
  afterEach(closeAll);

  it('takes effect when it is written, replaced, removed and made anew', async () => {
    const { url } = await upstream((_request, response) => void response.end('ok'));
    const gateway = await gatewayWith({ a: { upstream: url } });
    const text = (name: string): string => JSON.stringify({ apis: { [name]: { upstream: url } } });
    const serves = (name: string): Promise<boolean> =>
      until(async () => (await fetch(`${gateway.url}/${name}/`)).status === 200, name);
    await serves('a');
    await writeFile(gateway.catalogueFile, text('written'));
    await serves('written');
    assert.equal((await fetch(`${gateway.url}/a/`)).status, 404);
    await writeFile(`${gateway.catalogueFile}.tmp`, text('replaced'));
    await rename(`${gateway.catalogueFile}.tmp`, gateway.catalogueFile);
    await serves('replaced');
    await rm(gateway.catalogueFile);
    await until(async () => (await fetch(`${gateway.url}/replaced/`)).status === 404, 'no API');
    await writeFile(gateway.catalogueFile, text('anew'));
    await serves('anew');
  });

  it('leaves the last good configuration running while it is broken, and says where', async () => {
    const { url } = await upstream((_request, response) => void response.end('ok'));
    const gateway = await gatewayWith({ a: { upstream: url } });
    const told: (readonly CatalogueProblem[])[] = [];
    gateway.on('problemsChanged', (problems) => told.push(problems));
    for (const [broken, line] of [
      ['{\n  "apis": {\n', 2],
      ['{\n  "apis": {\n    "b": { "providr": "openai" }\n  }\n}', 2],
      ['{\n  "apis": {\n    "b": {\n      "provider": "opnai" }\n  }\n}', 3],
    ] as const) {
      const before = told.length;
      await writeFile(gateway.catalogueFile, broken);
      await until(() => told.length > before, 'the problem');
      const problems = await gateway.api.problems();
      assert.ok(problems.length > 0);
      assert.equal(problems[0]?.severity, 'error');
      assert.ok(
        problems.some(({ start }) => start.line === line),
        JSON.stringify(problems),
      );
      assert.equal((await fetch(`${gateway.url}/a/`)).status, 200);
    }
    await writeFile(gateway.catalogueFile, JSON.stringify({ apis: { b: { upstream: url } } }));
    await until(async () => (await fetch(`${gateway.url}/b/`)).status === 200);
    assert.deepEqual(await gateway.api.problems(), []);
  });

  it('takes no notice of the moment in which it is emptied to be written anew', async () => {
    const { url } = await upstream((_request, response) => void response.end('ok'));
    const gateway = await gatewayWith({ a: { upstream: url } });
    const told: (readonly string[])[] = [];
    gateway.on('apisChanged', (apis) => told.push(apis.map(({ name }) => name)));
    await writeFile(gateway.catalogueFile, '');
    await new Promise((resolve) => setTimeout(resolve, 200));
    await writeFile(gateway.catalogueFile, '{ "apis": {');
    await until(async () => (await gateway.api.problems()).length > 0, 'the problem');
    assert.equal((await fetch(`${gateway.url}/a/`)).status, 200);
    assert.deepEqual(
      told.filter((names) => names.join() !== 'a'),
      [],
    );
  });

  it('serves what it can at the start, where a name in it is wrong', async () => {
    const { url } = await upstream((_request, response) => void response.end('ok'));
    const gateway = await gatewayWith({ a: { upstream: url }, b: { provider: 'opnai' } });
    assert.equal((await fetch(`${gateway.url}/a/`)).status, 200);
    assert.match((await gateway.api.problems())[0]?.message ?? '', /Did you mean "openai"\?/);
  });

  it('tells the explorer when APIs come and go', async () => {
    const gateway = await gatewayWith({ a: { upstream: 'http://127.0.0.1:9' } });
    let names: readonly string[] = [];
    gateway.on('apisChanged', (apis) => (names = apis.map(({ name }) => name)));
    await writeFile(gateway.catalogueFile, JSON.stringify({ apis: { openrouter: { provider: 'openrouter' } } }));
    await until(() => names.join() === 'openrouter');
  });

  it('may be missing, empty, or only a comment', async () => {
    const gateway = await gatewayWith({}, { catalogueFile: null });
    assert.deepEqual(await gateway.api.apis(), []);
    for (const text of ['', '  \n', '// nothing yet\n', '\uFEFF{}', '{ /* none */ "apis": {}, }']) {
      const { catalogue, problems } = parseCatalogue(text);
      assert.deepEqual(catalogue?.apis, {}, text);
      assert.deepEqual(problems, [], text);
    }
  });
});

describe('What is wrong with tollgate.jsonc', () => {
  for (const [what, text, marked, message] of [
    ['a member that is not known', '{"apis":{"a":{"provider":"openai","foo":1}}}', '"foo"', /not known/],
    ['a name that cannot be in a URL', '{"apis":{"A b":{"provider":"openai"}}}', '"A b"', /lower-case/],
    ['an API that goes nowhere', '{"apis":{"a":{}}}', '"a"', /needs a "provider"/],
    ['an upstream that is no URL', '{"apis":{"a":{"upstream":"localhost:80"}}}', '"localhost:80"', /http:\/\//],
    ['a time that is none', '{"apis":{"a":{"provider":"openai","timeouts":{"idle":-1}}}}', '-1', />0/],
    ['an unknown provider', '{"apis":{"a":{"provider":"opnai"}}}', '"opnai"', /mean "openai"/],
    [
      'a credential that is not declared',
      '{"apis":{"a":{"provider":"openai","credential":"x"}}}',
      '"x"',
      /"credentials"/,
    ],
    ['a pattern that is none', '{"redact":{"patterns":["ok","("]}}', '"("', /regular expression/],
    ['a kind of credential that is none', '{"credentials":{"c":{"type":"magic"}}}', '"magic"', /Invalid|key/],
    ['a credential without its parts', '{"credentials":{"c":{"type":"command"}}}', '"c"', /"command" is missing/],
    [
      'a secret',
      '{"apis":{"a":{"upstream":"http://x","headers":{"X-Api-Key":"0123456789"}}}}',
      '"0123456789"',
      /shared/,
    ],
    ['a name used twice', '{"apis":{"a":{"upstream":"http://x"},"a":{"upstream":"http://y"}}}', '"a"', /twice/],
    ['a comma too many', '{"apis":{,}}', ',', /not valid JSON/],
  ] as const)
    it(`is marked where it is: ${what}`, () => {
      const text4 = text.replaceAll('{"', '{\n  "');
      const parsed = parseCatalogue(text4);
      const resolved = parsed.catalogue === null ? [] : resolveApis(parsed.catalogue).problems.map(parsed.locate);
      const [problem] = [...parsed.problems, ...resolved];
      assert.ok(problem !== undefined);
      assert.match(problem.message, message);
      const lines = text4.split('\n');
      assert.equal(problem.start.line, problem.end.line);
      assert.equal(lines[problem.start.line]?.slice(problem.start.character, problem.end.character), marked);
    });
});

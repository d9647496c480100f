import assert from 'node:assert/strict';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { call, restarted } from './accessStage.ts';
import { closeAll, echo, temporaryFolder, until, upstream } from './support.ts';

describe('tollgate.jsonc that includes files', () => {
  afterEach(closeAll);

  it('takes what they declare, looks again when they change, and edits the one that declares a thing', async () => {
    const { gateway, folder } = await stage({
      'tollgate.jsonc': { include: ['teams/web.jsonc', 'apis.jsonc'], teams: { press: {} } },
      'apis.jsonc': `{ // All of them.
        "apis": { "x": { "upstream": "UPSTREAM" } } }`,
      'teams/web.jsonc': `{ // Ours.
        "include": ["../apis.jsonc"], "teams": { "web": {} }, "applications": { "shop": { "team": "web" } } }`,
    });
    assert.equal((await call(gateway, '/x/a', {})).status, 200);
    assert.deepEqual(await gateway.api.problems(), []);
    const web = path.join(folder, 'teams/web.jsonc');
    await gateway.api.declare({ kind: 'application', name: 'shop', declaration: { team: 'press' } });
    await gateway.api.declare({ kind: 'application', name: 'blog', declaration: { team: 'web' } });
    const [ours, main] = await Promise.all([
      readFile(web, 'utf8'),
      readFile(path.join(folder, 'tollgate.jsonc'), 'utf8'),
    ]);
    assert.ok(ours.includes('// Ours.') && ours.includes('"press"') && !ours.includes('blog'));
    assert.ok(main.includes('"blog"') && !main.includes('"shop"'));
    await gateway.api.undeclare('application', 'shop');
    assert.ok(!(await readFile(web, 'utf8')).includes('shop'));
    const apis = path.join(folder, 'apis.jsonc');
    await writeFile(apis, (await readFile(apis, 'utf8')).replace('"x"', '"renamed"'));
    await until(async () => (await gateway.api.apis())[0]?.name === 'renamed', 'the change');
  });

  it('says what is wrong in the file and at the line where it is', async () => {
    const { gateway, folder } = await stage({
      'tollgate.jsonc': { include: ['a.jsonc'], teams: { web: {} }, apis: { x: { upstream: 'http://127.0.0.1:9' } } },
      'a.jsonc': '{\n  "applications": {\n    "shop": { "team": "wbe" }\n  },\n  "teams": { "web": {} }\n}',
    });
    const problems = (await gateway.api.problems()).map(({ file, start, message }) => [file, start.line, message]);
    const file = path.join(folder, 'a.jsonc');
    assert.deepEqual(problems, [
      [file, 4, '"web" is declared in tollgate.jsonc already.'],
      [file, 2, 'There is no team "wbe" under "teams". Did you mean "web"?'],
    ]);
    await writeFile(file, '{\n  "teams": {,}\n}');
    await until(
      async () => (await gateway.api.problems())[0]?.message.startsWith('This is not valid JSON'),
      'the problem',
    );
    assert.equal((await gateway.api.problems())[0]?.start.line, 1);
    // What was good goes on.
    assert.equal((await gateway.api.apis())[0]?.name, 'x');
    await rm(file);
    await until(
      async () => (await gateway.api.problems())[0]?.message === 'There is no file a.jsonc.',
      'the missing file',
    );
    assert.equal((await gateway.api.problems())[0]?.file, undefined);
    await writeFile(file, '{}');
    await until(async () => (await gateway.api.problems()).length === 0, 'the file to be there again');
  });

  it('leads nowhere but into its own folder, and never in a circle', async () => {
    const elsewhere = await temporaryFolder();
    await writeFile(
      path.join(elsewhere, 'secret.jsonc'),
      '{ "apis": { "stolen": { "upstream": "http://127.0.0.1:9" } } }',
    );
    const outside = path.join(elsewhere, 'secret.jsonc');
    const { gateway } = await stage(
      {
        'tollgate.jsonc': { include: ['link.jsonc', outside, '../secret.jsonc', 'round.jsonc'] },
        'round.jsonc': { include: ['tollgate.jsonc', 'round.jsonc'] },
      },
      (folder) => symlink(outside, path.join(folder, 'link.jsonc')),
    );
    assert.deepEqual(
      (await gateway.api.problems()).map(({ message }) => message),
      [
        'link.jsonc is outside of the folder of tollgate.jsonc.',
        'This has to be a path from the folder of this file.',
        '../secret.jsonc is outside of the folder of tollgate.jsonc.',
        'tollgate.jsonc would include itself, by way of this file.',
        'round.jsonc would include itself, by way of this file.',
      ],
    );
    assert.deepEqual(await gateway.api.apis(), []);
  });
});

/** A gateway on files of one's own; `UPSTREAM` in them is one that answers with what it was asked. */
async function stage(
  files: Readonly<Record<string, object | string>>,
  prepare: (folder: string) => Promise<void> = () => Promise.resolve(),
): Promise<{ readonly gateway: Awaited<ReturnType<typeof restarted>>; readonly folder: string }> {
  const { url } = await upstream(echo);
  const folder = await temporaryFolder();
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    const text = typeof content === 'string' ? content : JSON.stringify(content);
    await writeFile(path.join(folder, name), text.replace('UPSTREAM', url));
  }
  await prepare(folder);
  const catalogueFile = path.join(folder, 'tollgate.jsonc');
  return { gateway: await restarted({ catalogueFile }, path.join(folder, 'data')), folder };
}

import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse, type ParseError } from 'jsonc-parser';
import { catalogueSchema } from '../../src/shared/catalogue.ts';
import { startDemo, type Demo } from './demo.ts';
import { sandboxPort } from './sandbox/sandbox.ts';

const source = path.join(import.meta.dirname, 'workspace');

describe('The demo', () => {
  let demo: Demo;
  beforeEach(async () => {
    demo = await startDemo({ anyPort: true });
  });
  afterEach(() => demo.close());

  it('declares APIs that all lead to the sandbox', async () => {
    const errors: ParseError[] = [];
    const text = await readFile(path.join(demo.folder, 'tollgate.jsonc'), 'utf8');
    const { apis } = catalogueSchema.parse(parse(text, errors, { allowTrailingComma: true }));
    assert.deepEqual(errors, []);
    for (const [name, api] of Object.entries(apis)) assert.equal(api.upstream, `${demo.sandbox.url}/${name}`);
  });

  it('leaves the original alone when it names another port', async () => {
    assert.notEqual(demo.sandbox.port, sandboxPort);
    const copy = await readFile(path.join(demo.folder, 'sandbox.sh'), 'utf8');
    assert.ok(copy.includes(`:${String(demo.sandbox.port)}/`));
    const original = await readFile(path.join(source, 'sandbox.sh'), 'utf8');
    assert.ok(original.includes(`:${String(sandboxPort)}/`));
  });

  it('tells how to run every program', async () => {
    const readme = await readFile(path.join(source, 'README.md'), 'utf8');
    const programs = (await readdir(source)).filter((name) => /\.(mjs|py|sh|ts)$/.test(name) && name !== 'gateway.ts');
    for (const name of programs) assert.ok(readme.includes(` ${name}`), `The README does not mention ${name}.`);
  });

  it('uses the versions of the SDKs that the tests use', async () => {
    type Manifest = Record<'dependencies' | 'devDependencies', Record<string, string>>;
    const read = async (folder: string): Promise<Manifest> =>
      JSON.parse(await readFile(path.join(folder, 'package.json'), 'utf8')) as Manifest;
    const { dependencies } = await read(source);
    const { devDependencies } = await read(path.resolve(source, '../../..'));
    for (const [name, version] of Object.entries(dependencies)) assert.equal(version, devDependencies[name]);
  });
});

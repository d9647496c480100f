import assert from 'node:assert/strict';
import { plain, text } from '../../src/shared/text.ts';
import { after, edits } from './fixStage.ts';

describe('Values that stand in another file than the call', () => {
  const call =
    'const r = await c.create({ model: process.env.MODEL, max_tokens: Number(process.env.MAX_TOKENS) }); ⟵\n';
  it('are edited in the .env file that sets the variable, comments and quotes kept', async () => {
    const files = {
      'src/ask.ts': call,
      '.env': '# MODEL=x\r\nexport MODEL="gpt-4o" # big\r\nMAX_TOKENS=4096\r\n',
      '.env.example': 'MODEL=gpt-4o\n',
    };
    assert.equal(
      await after(files, 'replaceModel'),
      '.env: # MODEL=x\r\nexport MODEL="gpt-4o-mini" # big\r\nMAX_TOKENS=4096\r\n',
    );
    assert.equal(
      await after(files, 'setMaxTokens'),
      '.env: # MODEL=x\r\nexport MODEL="gpt-4o" # big\r\nMAX_TOKENS=412\r\n',
    );
    const [fewer, cheaper] = await edits(files);
    assert.equal(plain(fewer?.title ?? text('')), 'Ask for at most 412 tokens in .env, as the credit allows');
    assert.equal(plain(cheaper?.title ?? text('')), 'Use the cheaper model gpt-4o-mini, in .env');
  });
  it('are asked about where several files set the variable', async () => {
    const files = { 'a/ask.ts': call, 'a/.env': 'MODEL=gpt-4o', '.env': 'MODEL=gpt-4o', 'b/.env': 'MODEL=gpt-4o' };
    assert.equal(await after(files, 'replaceModel'), 'a/.env?: MODEL=gpt-4o-mini');
  });
  it('are left alone where they are not what was sent', async () => {
    assert.equal(await after({ 'ask.ts': call, '.env': 'MODEL=gpt-4.1\nMAX_TOKENS=9000' }, 'replaceModel'), null);
    assert.equal(
      await after({ 'ask.ts': call, '.env': 'MODEL=gpt-4.1\nMAX_TOKENS=9000' }, 'setMaxTokens'),
      'ask.ts: const r = await c.create({ model: process.env.MODEL, max_tokens: 412 });\n',
    );
  });
  it('follow a variable of Python, its conversion and its default', async () => {
    const source = `import os\nMODEL = os.getenv("LLM", "gpt-4o")\nr = c.create(model=MODEL, max_tokens=int(os.environ["LIMIT"])) ⟵\n`;
    assert.equal(
      await after({ 'ask.py': source, '.env': "LLM='gpt-4o'\nLIMIT=4096" }, 'replaceModel'),
      ".env: LLM='gpt-4o-mini'\nLIMIT=4096",
    );
    assert.equal(await after({ 'ask.py': source, '.env': 'LIMIT=4096' }, 'setMaxTokens'), '.env: LIMIT=412');
    assert.equal(
      await after({ 'ask.py': source }, 'replaceModel'),
      `ask.py: import os\nMODEL = os.getenv("LLM", "gpt-4o-mini")\nr = c.create(model=MODEL, max_tokens=int(os.environ["LIMIT"]))\n`,
    );
  });
  it('follow an import to the constant of another module, and from there to .env', async () => {
    const source = `import { settings, LIMIT as most } from './config.js';\nawait c.create({ model: settings.model, max_tokens: most }); ⟵\n`;
    const config = `export const settings = { model: 'gpt-4o' } as const;\nexport const LIMIT = 4_096;\n`;
    assert.equal(
      await after({ 'ask.ts': source, 'config.ts': config }, 'replaceModel'),
      `config.ts: ${config.replace('4o', '4o-mini')}`,
    );
    assert.equal(
      await after({ 'ask.ts': source, 'config.ts': config }, 'setMaxTokens'),
      `config.ts: ${config.replace('4_096', '412')}`,
    );
    const through = `export const settings = { model: process.env['MODEL'] ?? 'gpt-4o' };\n`;
    assert.equal(
      await after({ 'ask.ts': source, 'config.ts': through, '.env': 'MODEL=gpt-4o' }, 'replaceModel'),
      '.env: MODEL=gpt-4o-mini',
    );
    assert.equal(
      await after({ 'ask.ts': source, 'config.ts': through }, 'replaceModel'),
      `config.ts: ${through.replace('4o', '4o-mini')}`,
    );
  });
  it('follow imports of Python, of JSON and of a default export', async () => {
    const python =
      'from app.settings import MODEL\nfrom . import limits\nr = c.create(model=MODEL, max_tokens=limits.MOST) ⟵\n';
    const files = {
      'app/ask.py': python,
      'app/settings.py': 'MODEL: str = "gpt-4o"\n',
      'app/limits.py': 'MOST = 4096\n',
    };
    assert.equal(await after(files, 'replaceModel'), 'app/settings.py: MODEL: str = "gpt-4o-mini"\n');
    assert.equal(await after(files, 'setMaxTokens'), 'app/limits.py: MOST = 412\n');
    assert.equal(
      await after(
        {
          'ask.mjs': `import config from './config.json' with { type: 'json' };\nawait c.create({ model: config.openai.model }); ⟵\n`,
          'config.json': '{ "openai": { "model": "gpt-4o" } }',
        },
        'replaceModel',
      ),
      'config.json: { "openai": { "model": "gpt-4o-mini" } }',
    );
    assert.equal(
      await after(
        {
          'ask.js': `const config = require('./config');\nc.create({ model: config.model }); ⟵\n`,
          'config.js': `module.exports = { model: 'gpt-4o' };\n`,
        },
        'replaceModel',
      ),
      "config.js: module.exports = { model: 'gpt-4o-mini' };\n",
    );
  });
});

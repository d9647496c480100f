import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { eventually, openScene, picturesOfFailures, runInTerminal, type Scene } from './scene.ts';

const prompt = `---
description: Sums a text up
model: acme/acme-large
variables:
  text: string
---
Sum this up: {{text}}
`;

/** A vendor of models: its list of models, and a model that answers in a stream or whole. */
function acme(requests: string[]): Server {
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const json = (value: unknown, status = 200): void => {
        response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
      };
      const { port } = server.address() as AddressInfo;
      requests.push(`${request.method ?? ''} ${request.url ?? ''}`);
      if (request.url === '/api.json') json(listAt(`http://127.0.0.1:${String(port)}/v1`));
      else if (request.headers.authorization !== 'Bearer sk-acme-1234567890')
        json({ error: { message: 'Who are you?' } }, 401);
      else if (request.url === '/v1/models') json({ object: 'list', data: [{ id: 'acme-large' }] });
      else {
        const { stream } = JSON.parse(Buffer.concat(pieces).toString()) as { stream?: boolean };
        const usage = { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 };
        const message = { role: 'assistant', content: 'In short.' };
        const choice = { index: 0, finish_reason: 'stop' };
        const head = { id: 'a', created: 1, model: 'acme-large' };
        if (stream !== true) {
          json({ ...head, object: 'chat.completion', choices: [{ ...choice, message }], usage });
          return;
        }
        response.writeHead(200, { 'Content-Type': 'text/event-stream' });
        const chunk = { ...head, object: 'chat.completion.chunk' };
        response.write(`data: ${JSON.stringify({ ...chunk, choices: [{ ...choice, delta: message }] })}\n\n`);
        response.end(`data: ${JSON.stringify({ ...chunk, choices: [], usage })}\n\ndata: [DONE]\n\n`);
      }
    });
  });
  return server;
}

/** As models.dev has it: 2 dollars in and 8 out for a million tokens. */
function listAt(api: string): object {
  const model = (id: string): object => ({
    id,
    limit: { context: 100_000, output: 8000 },
    cost: { input: 2, output: 8 },
  });
  const models = { 'acme-large': model('acme-large'), 'acme-small': model('acme-small') };
  return { acme: { name: 'Acme Models', env: ['ACME_API_KEY'], npm: '@ai-sdk/openai-compatible', api, models } };
}

describe('A prompt file in the editor', () => {
  let scene: Scene;
  const requests: string[] = [];
  const server = acme(requests);
  before(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    scene = await openScene({ environment: { TOLLGATE_MODELS_URL: `http://127.0.0.1:${String(port)}/api.json` } });
    await mkdir(path.join(scene.demo.folder, 'prompts'));
    await writeFile(path.join(scene.demo.folder, 'prompts/summarize.prompt.md'), prompt);
  });
  after(async () => {
    await scene.close();
    server.closeAllConnections();
    server.close();
  });
  picturesOfFailures(() => scene);

  const row = (text: string | RegExp) =>
    scene.workbench.page.locator('.pane-body .monaco-list-row').filter({ hasText: text }).first();
  const lens = (text: string | RegExp) =>
    scene.workbench.page.locator('.codelens-decoration a').filter({ hasText: text }).first();

  it('has a vendor to ask, who is added from a list that was fetched, with a key that a live call tried', async () => {
    const { workbench } = scene;
    const { page } = workbench;
    await workbench.command('Tollgate: Refresh Models');
    const dialog = page.locator('.monaco-dialog-box');
    await dialog.getByText('/api.json').waitFor();
    await dialog.getByRole('button', { name: 'Fetch' }).click();
    await page
      .getByText(/has 2 models of 1 providers/)
      .first()
      .waitFor();
    await workbench.command('Tollgate: Add Provider…');
    await page.locator('.quick-input-list .monaco-list-row').first().waitFor();
    await page.keyboard.type('Acme');
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Acme Models' }).first().click();
    await page.locator('.quick-input-widget:visible').getByText('API key of Acme Models').waitFor();
    await page.keyboard.type('sk-acme-1234567890');
    await page.keyboard.press('Enter');
    await page
      .getByText(/Acme Models is ready/)
      .first()
      .waitFor();
    assert.ok(requests.includes('GET /v1/models'));
    const catalogue = await readFile(path.join(scene.demo.folder, 'tollgate.jsonc'), 'utf8');
    assert.match(catalogue, /"acme": \{\s+"title": "Acme Models"/);
    assert.ok(!catalogue.includes('sk-acme'));
    // The list is too short for all of its rows, and has those alone that can be seen.
    const atEnd = async (text: string | RegExp): Promise<void> =>
      eventually(async () => {
        await workbench.command('Tollgate: Focus on APIs View');
        await page.keyboard.press('End');
        await row(text).click({ timeout: 3000 });
      });
    await atEnd('Acme Models');
    await page.keyboard.press('ArrowRight');
    await atEnd(/^2 models/);
    await scene.picture('prompt-provider');
  });

  it('is run by the lens above it, and its answer is written beside it, with its cost', async () => {
    const { workbench } = scene;
    await workbench.openFile('summarize.prompt.md');
    await lens('Run').click();
    await workbench.page.locator('.quick-input-widget:visible').getByText('text').first().waitFor();
    await workbench.page.keyboard.type('A long text');
    await workbench.page.keyboard.press('Enter');
    await eventually(async () => {
      const runs = await workbench.webview();
      assert.match((await runs.locator('.answer').textContent({ timeout: 1000 })) ?? '', /In short\./);
      assert.match(
        (await runs.locator('.facts').textContent({ timeout: 1000 })) ?? '',
        /^\$0\.0036 · 1000 tokens in, 200 out · /,
      );
    });
    await scene.picture('prompt-run');
  });

  it('is published by the lens, called by its URL from a terminal, and tells what it has cost', async () => {
    const { workbench } = scene;
    await lens('Publish').click();
    await lens('Copy URL').waitFor();
    const call = `curl -sS -D - $TOLLGATE_URL/prompts/summarize -H "Authorization: Bearer $TOLLGATE_KEY" -d '{"text":"x"}'`;
    const output = await runInTerminal(workbench, call);
    assert.match(output, /x-tollgate-cost-usd: 0\.0036/i);
    assert.match(output, /\{"text":"In short\."\}/);
    await lens('$0.0072 in 2 calls').waitFor();
    await scene.picture('prompt-called');
  });
});

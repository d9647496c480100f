import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { proxyEnvironment } from '../../src/shared/proxySettings.ts';
import { pythons, withPackages } from '../hooks/pythonProgram.ts';
import { interceptingGateway, rows, secureUpstream, type InterceptingGateway } from './interceptStage.ts';
import { closeAll, temporaryFolder } from './support.ts';

const modules = path.resolve(import.meta.dirname, '../../node_modules');

/** A completion, whatever is asked. */
async function vendor(): Promise<{ readonly url: string; readonly host: string }> {
  return secureUpstream((request, response) => {
    request.resume().on('end', () => {
      const choices = [{ index: 0, message: { role: 'assistant', content: 'hello' }, finish_reason: 'stop' }];
      response.writeHead(200, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify({ id: 'x', object: 'chat.completion', model: 'm', choices }));
    });
  });
}

/** Runs a program with the variables that "Copy Proxy Settings" gives, and resolves with what it prints. */
async function run(gateway: InterceptingGateway, program: string, args: readonly string[]): Promise<string> {
  const address = { url: gateway.url, ca: gateway.ca, bundle: gateway.ca.replace('ca.pem', 'bundle.pem') };
  const { PATH, SystemRoot } = process.env;
  const env = { PATH, SystemRoot, ...proxyEnvironment(address, {}, ['localhost']) };
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env });
    let printed = '';
    child.stdout.on('data', (bytes: Buffer) => (printed += bytes.toString()));
    child.stderr.on('data', (bytes: Buffer) => (printed += bytes.toString()));
    child.on('error', reject).on('close', () => resolve(printed));
  });
}

async function program(name: string, content: string): Promise<string> {
  const file = path.join(await temporaryFolder(), name);
  await writeFile(file, content);
  return file;
}

describe('By the copied proxy settings, calls are read of', function () {
  this.timeout(60_000);
  afterEach(closeAll);

  it('Node’s fetch and https, axios and the openai SDK', async () => {
    const far = await vendor();
    const gateway = await interceptingGateway([far.host]);
    const from = (name: string): string => pathToFileURL(path.join(modules, name)).href;
    const file = await program(
      'calls.mjs',
      `import https from 'node:https';
import axios from '${from('axios/index.js')}';
import OpenAI from '${from('openai/index.mjs')}';
console.log((await fetch('${far.url}/fetch')).status);
console.log(await new Promise((resolve) => https.get('${far.url}/https', (r) => resolve(r.resume().statusCode))));
console.log((await axios.get('${far.url}/axios')).status);
const client = new OpenAI({ apiKey: 'sk-mine', baseURL: '${far.url}/v1', maxRetries: 0 });
const answer = await client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'hi' }] });
console.log(answer.choices[0].message.content);
`,
    );
    assert.equal(await run(gateway, process.execPath, [file]), '200\n200\n200\nhello\n');
    const paths = (await rows(gateway)).map((row) => row.path).reverse();
    assert.deepEqual(paths, ['/fetch', '/https', '/axios', '/v1/chat/completions']);
  });

  it('Python’s urllib, requests, httpx and openai', async function () {
    const [python] = pythons.map(withPackages).filter((one) => one !== null);
    if (python === undefined) {
      console.log('      (no Python with these packages)');
      this.skip();
      return;
    }
    const far = await vendor();
    const gateway = await interceptingGateway([far.host]);
    const file = await program(
      'calls.py',
      `import urllib.request, requests, httpx, openai
print(urllib.request.urlopen("${far.url}/urllib").status)
print(requests.get("${far.url}/requests").status_code)
print(httpx.get("${far.url}/httpx").status_code)
client = openai.OpenAI(api_key="sk-mine", base_url="${far.url}/v1", max_retries=0)
print(client.chat.completions.create(model="m", messages=[{"role": "user", "content": "hi"}]).choices[0].message.content)
`,
    );
    assert.equal((await run(gateway, python.file, [file])).replaceAll('\r', ''), '200\n200\n200\nhello\n');
    const paths = (await rows(gateway)).map((row) => row.path).reverse();
    assert.deepEqual(paths, ['/urllib', '/requests', '/httpx', '/v1/chat/completions']);
  });
});

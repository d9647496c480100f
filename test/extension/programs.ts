import { spawn } from 'node:child_process';
import { folder } from './window.ts';

/** Runs a Node program as a terminal of the window would. @returns what it printed. */
export async function runProgram(file: string, environment: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn('node', [file], { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk));
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (printed += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', reject);
  });
  if (code !== 0) throw new Error(`${file} ended with ${String(code)}:\n${printed}`);
  return printed;
}

/** A program that asks for a completion; the call is on line 4. */
export const askProgram = `// Asks once.
const url = process.env.TOLLGATE_URL + '/openrouter/api/v1/chat/completions';
const body = { model: 'vendor/model', max_tokens: 4096, messages: [] };
const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
console.log(response.status, await response.text());
`;

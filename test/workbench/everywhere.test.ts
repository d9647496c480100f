import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { cache } from '../host/paths.ts';
import { pythons } from '../hooks/pythonProgram.ts';
import { eventually, openScene, picturesOfFailures, runInTerminal, squiggles, type Scene } from './scene.ts';

const launch = {
  version: '0.2.0',
  configurations: [
    {
      name: 'Node, integrated',
      type: 'node',
      request: 'launch',
      program: '${workspaceFolder}/assistant.ts',
      console: 'integratedTerminal',
      env: { NODE_OPTIONS: '--no-deprecation' },
    },
    {
      name: 'Node, internal',
      type: 'node',
      request: 'launch',
      program: '${workspaceFolder}/summarise.ts',
      console: 'internalConsole',
      envFile: '${workspaceFolder}/.env',
    },
    {
      name: 'A test under the debugger',
      type: 'node',
      request: 'launch',
      program: '${workspaceFolder}/second.test.mjs',
      console: 'integratedTerminal',
    },
    ...['integratedTerminal', 'internalConsole'].map((console) => ({
      name: `Python, ${console}`,
      type: 'debugpy',
      request: 'launch',
      program: `\${workspaceFolder}/${console === 'internalConsole' ? 'plan.py' : 'other.py'}`,
      python: pythons[0]?.file,
      console,
      env: { PYTHONPATH: '${workspaceFolder}/library' },
    })),
  ],
};

const tasks = {
  version: '2.0.0',
  tasks: [
    { label: 'charge', type: 'process', command: 'node', args: ['charge.mjs'], problemMatcher: [] },
    {
      label: 'translate',
      type: 'shell',
      command: 'node translate.ts',
      options: { env: { NODE_OPTIONS: '--no-deprecation' } },
      problemMatcher: [],
    },
    { label: 'tests', type: 'shell', command: 'node --test first.test.mjs', group: 'test', problemMatcher: [] },
  ],
};

/** What a program says of its own environment stands in a file: consoles cut lines. */
const tell = (name: string): string => `
import { writeFileSync } from 'node:fs';
const { NODE_OPTIONS = '', PYTHONPATH = '', TOLLGATE_SESSION = '', FROM_ENV_FILE = '' } = process.env;
writeFileSync('${name}.json', JSON.stringify({ NODE_OPTIONS, PYTHONPATH, TOLLGATE_SESSION, FROM_ENV_FILE }));`;

const nodeTest = (name: string): string => `import { test } from 'node:test';
test('pays', async () => {
  await fetch(process.env.TOLLGATE_URL + '/openrouter/api/v1/chat/completions', {
    method: 'POST',
    body: JSON.stringify({ model: 'openai/gpt-5', max_tokens: 4096, messages: [] }),
  });
});${tell(name)}
`;

describe('Programs that VS Code runs', () => {
  let scene: Scene;
  let debugpy: string | null = null;
  let goProgram: Promise<boolean> = Promise.resolve(false);
  before(async () => {
    debugpy = installDebugpy();
    scene = await openScene({
      prepare: async (dataDirectory) => {
        if (debugpy === null) return Promise.resolve();
        const folder = path.join(dataDirectory, 'extensions/tollgate.debugpy-for-tests-0.0.1');
        cpSync(path.join(import.meta.dirname, 'debugpy'), folder, { recursive: true });
        return writeFile(path.join(folder, 'python.json'), JSON.stringify({ python: pythons[0]?.file, debugpy }));
      },
    });
    const { folder } = scene.demo;
    await mkdir(path.join(folder, 'library'));
    // A debugger stops where a program exits with a failure.
    const plan = (await readFile(path.join(folder, 'plan.py'), 'utf8')).replace(
      'sys.exit(f"Refused',
      'print(f"Refused',
    );
    const files = {
      '.vscode/launch.json': JSON.stringify(launch),
      '.vscode/tasks.json': JSON.stringify(tasks),
      '.env': 'NODE_OPTIONS="--no-warnings"\nFROM_ENV_FILE=yes\n',
      'first.test.mjs': nodeTest('first'),
      'second.test.mjs': nodeTest('second'),
      'plan.py': plan,
      'other.py': plan,
      'summarise.ts': `${await readFile(path.join(folder, 'summarise.ts'), 'utf8')}${tell('summarise')}`,
      'assistant.ts': `${await readFile(path.join(folder, 'assistant.ts'), 'utf8')}${tell('assistant')}`,
      'translate.ts': `${await readFile(path.join(folder, 'translate.ts'), 'utf8')}${tell('translate')}`,
    };
    for (const [name, text] of Object.entries(files)) await writeFile(path.join(folder, name), text);
    if (isHere('go', 'version')) goProgram = buildGo(folder);
  });
  after(() => scene.close());
  picturesOfFailures(() => scene);

  /** Takes what the quick access lists under `debug` or `task`. */
  async function start(what: 'debug' | 'task', name: string): Promise<void> {
    const { page } = scene.workbench;
    const first = page.locator('.quick-input-list .monaco-list-row.focused');
    await eventually(async () => {
      await page.keyboard.press('Escape');
      await page.locator('.command-center-center').click();
      const input = page.locator('.quick-input-widget:visible input[type=text]').first();
      await input.fill(`${what} ${name}`);
      await first.filter({ hasText: name }).waitFor({ timeout: 5000 });
      // The list is narrowed in steps, and what stands first may be another a moment later.
      await page.waitForTimeout(400);
      assert.match((await first.textContent({ timeout: 1000 })) ?? '', new RegExp(name));
    }, 60_000);
    // Once only, or it is started twice.
    await page.keyboard.press('Enter');
  }

  async function see(file: string, text: string): Promise<void> {
    const source = await readFile(path.join(scene.demo.folder, file), 'utf8');
    const line = source.split('\n').findIndex((one) => one.includes(text)) + 1;
    await eventually(async () => {
      await scene.workbench.openFile(file, line);
      // What starts meanwhile may come to the front.
      await eventually(async () => assert.deepEqual(await squiggles(scene.workbench), [line]), 5_000);
    }, 60_000);
  }

  async function told(name: string): Promise<Readonly<Record<string, string>>> {
    return JSON.parse(await readFile(path.join(scene.demo.folder, `${name}.json`), 'utf8')) as Record<string, string>;
  }

  it('start by the debugger and by tasks', async () => {
    for (const name of ['Node, integrated', 'Node, internal', 'A test under the debugger']) await start('debug', name);
    for (const name of ['charge', 'translate', 'tests']) await start('task', name);
    if (debugpy === null) return;
    for (const name of ['Python, internalConsole', 'Python, integratedTerminal']) await start('debug', name);
  });

  it('have their squiggle: a Node debug session in the integrated terminal, its own NODE_OPTIONS kept', async () => {
    await see('assistant.ts', 'client.chat.completions.create(');
    await eventually(async () => {
      const { NODE_OPTIONS = '', TOLLGATE_SESSION } = await told('assistant');
      assert.match(NODE_OPTIONS, /--no-deprecation/);
      assert.match(TOLLGATE_SESSION ?? '', /\|debug:Node, integrated$/);
    });
  });

  it('have their squiggle: a Node debug session in the internal console, its envFile respected', async () => {
    await see('summarise.ts', 'client.messages.create(');
    await eventually(async () => {
      const { NODE_OPTIONS = '', FROM_ENV_FILE } = await told('summarise');
      assert.match(NODE_OPTIONS, /--no-warnings/);
      assert.equal(FROM_ENV_FILE, 'yes');
    });
  });

  it('have their squiggle: a task that is a process, and one of a shell with variables of its own', async () => {
    await see('charge.mjs', 'await fetch(');
    await see('translate.ts', 'await fetch(');
    assert.match((await told('translate')).NODE_OPTIONS ?? '', /--no-deprecation/);
  });

  it('have their squiggle: a test run by a task, and a test under the debugger', async () => {
    await see('first.test.mjs', 'await fetch(');
    await see('second.test.mjs', 'await fetch(');
  });

  it('have their squiggle: Python debug sessions in the internal console and in the integrated terminal', async function () {
    if (debugpy === null) return this.skip();
    await see('plan.py', 'urlopen(request)');
    return see('other.py', 'urlopen(request)');
  });

  it('have a line that is probably theirs where no preload can be: Go, Java, curl', async () => {
    const hasJava = isHere('java', '--version');
    // The compiler takes its time, beside the others.
    if (hasJava) await runInTerminal(scene.workbench, '(java Ask.java > java.txt 2>&1 &)');
    if (isHere('curl', '--version')) {
      await runInTerminal(scene.workbench, 'sh ask.sh > /dev/null');
      await see('ask.sh', 'curl --silent');
    }
    if (await goProgram) {
      await runInTerminal(scene.workbench, './ask');
      await see('ask.go', '/openai/v1/chat/completions');
    }
    if (hasJava) {
      await see('Ask.java', '/anthropic/v1/messages');
    }
    await scene.workbench.command('Problems: Focus on Problems View');
    const { page } = scene.workbench;
    // The list holds only the rows in sight.
    await page.getByPlaceholder(/^Filter \(e\.g\./).fill('Probably here');
    await page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'Probably here' }).first().waitFor();
    await scene.picture('everywhere probably');
  });

  it('are not recorded while capture is paused, and it is said why nothing is captured', async () => {
    const { workbench } = scene;
    const { page } = workbench;
    await workbench.command('Tollgate: Pause Capture');
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Until I resume it' }).click();
    const item = page.locator('.statusbar-item[aria-label^="Tollgate"]').filter({ hasText: 'Capture paused' });
    await item.waitFor();
    await workbench.command('Tollgate: Why Is Nothing Captured?');
    const wrong = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Resume Capture' });
    await wrong.waitFor();
    await scene.picture('everywhere why');
    // It is chosen already: the first thing that is wrong.
    await page.keyboard.press('Enter');
    await item.waitFor({ state: 'detached' });
  });
});

/** Whether a program is on the path; says so where it is not. */
function isHere(program: string, ...version: readonly string[]): boolean {
  const { status } = spawnSync(program, version, { stdio: 'ignore' });
  if (status !== 0) console.log(`      There is no ${program} here.`);
  return status === 0;
}

/** The first build compiles Go's own HTTP client, which takes a while; so it goes on beside the other tests. */
function buildGo(folder: string): Promise<boolean> {
  return new Promise((resolve) => {
    spawn('go', ['build', '-o', 'ask', 'ask.go'], { cwd: folder, stdio: 'ignore' }).once('exit', (code) => {
      if (code !== 0) console.log('      Go cannot build the program here.');
      resolve(code === 0);
    });
  });
}

/** debugpy from PyPI, kept between runs; null, after saying why, where it cannot be had. */
function installDebugpy(): string | null {
  const python = pythons[0]?.file;
  if (python === undefined) {
    console.log('      There is no Python 3.9 or later on the path.');
    return null;
  }
  const folder = path.join(cache, `debugpy-1.8.22-3.${String(pythons[0]?.minor)}`);
  if (existsSync(folder)) return folder;
  try {
    mkdirSync(cache, { recursive: true });
    const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--target', `${folder}.tmp`];
    execFileSync(python, [...pip, 'debugpy==1.8.22'], { stdio: 'pipe', env: { ...process.env, PYTHONPATH: '' } });
    renameSync(`${folder}.tmp`, folder);
    return folder;
  } catch (error) {
    console.log(`      There is no debugpy here: ${String(error).split('\n').slice(0, 3).join(' ')}`);
    return null;
  }
}

import assert from 'node:assert/strict';
import path from 'node:path';
import { captureChecks, captureConclusion } from '../../src/troubleshoot/capture/captureChecks.ts';
import { portAnswer } from '../../src/troubleshoot/capture/lookAtGateway.ts';
import type { CaptureFacts } from '../../src/troubleshoot/capture/captureFacts.ts';
import { startable } from '../host/built.ts';
import { run } from '../host/run.ts';
import { root } from '../host/paths.ts';
import { plain } from '../../src/shared/text.ts';
import { closeAll, gatewayWith, tcpUpstream } from '../gateway/support.ts';

const well: CaptureFacts = {
  asker: 'editor',
  catalogue: { file: 'tollgate.jsonc', exists: true, problems: 0, apis: 2 },
  gateway: { kind: 'running', message: '' },
  port: { number: 20_001, answer: 'gateway' },
  stateFile: { file: '/data/gateway.json', state: 'fresh' },
  recording: { on: true, paused: false, hosts: [], problem: null },
  preloads: { wanted: true, missing: [] },
  baseUrls: true,
  intercept: { mode: 'ask', hasAuthority: false },
  terminals: { open: 1, stale: [] },
  shell: {
    state: true,
    runtimes: [
      { name: 'Node', version: '24.1.0', preloaded: true },
      { name: 'Python', version: '3.9.0', preloaded: true },
    ],
  },
  notes: { processes: [4711], newestAt: 1000 },
  calls: { newest: 3, withoutLine: 0 },
  now: 3000,
};

describe('Why nothing is captured', () => {
  it('is not told of a chain that holds', () => {
    assert.deepEqual(new Set(captureChecks(well).map(({ state }) => state)), new Set(['ok']));
  });

  const broken: readonly (readonly [string, Partial<CaptureFacts>, string, RegExp])[] = [
    ['no configuration', { catalogue: { ...well.catalogue, exists: false } }, 'catalogue', /no tollgate\.jsonc/],
    ['mistakes in it', { catalogue: { ...well.catalogue, problems: 2 } }, 'catalogue', /2 mistakes/],
    ['a stopped gateway', { gateway: { kind: 'stopped', message: '' } }, 'gateway', /Start it/],
    ['a gateway that cannot run', { gateway: { kind: 'failed', message: 'Why.' } }, 'gateway', /Why\./],
    ['a foreign server on its port', { port: { number: 1, answer: 'stranger' } }, 'port', /something else/],
    ['a stale state file', { stateFile: { file: 'x', state: 'stale' } }, 'stateFile', /gone/],
    ['a pause', { recording: { ...well.recording, paused: true } }, 'recording', /paused/],
    [
      'a folder that is switched off',
      { recording: { ...well.recording, on: false } },
      'recording',
      /"tollgate.capture"/,
    ],
    ['a recording thread that stopped', { recording: { ...well.recording, problem: 'It died.' } }, 'recording', /died/],
    ['missing preloads', { preloads: { wanted: true, missing: ['register.cjs'] } }, 'preloads', /register\.cjs/],
    ['an older terminal', { terminals: { open: 2, stale: ['zsh'] } }, 'terminals', /zsh was opened before/],
    [
      'profile files that set NODE_OPTIONS anew',
      { shell: { state: true, runtimes: [{ name: 'Node', version: '22.0.0', preloaded: false }] } },
      'Node',
      /NODE_OPTIONS .* \.?.*bashrc/,
    ],
    [
      'a Python that is too old',
      { shell: { state: true, runtimes: [{ name: 'Python', version: '3.8.10', preloaded: true }] } },
      'Python',
      /3\.9 is the oldest/,
    ],
  ];
  for (const [what, facts, id, sentence] of broken)
    it(`is told of ${what}, with what to do`, () => {
      const checks = captureChecks({ ...well, ...facts });
      const found = checks.filter(({ state }) => state === 'problem');
      assert.deepEqual(
        found.map((check) => check.id),
        [id],
      );
      assert.match(plain(captureConclusion(checks)), sentence);
    });

  describe('by the command line', () => {
    afterEach(closeAll);

    async function doctor(environment: NodeJS.ProcessEnv): Promise<Readonly<Record<string, string>>> {
      const { directory, stateFile } = await gatewayWith({ openai: { provider: 'openai' } });
      const args = [
        '--data',
        path.join(directory, 'data'),
        '--config',
        path.join(directory, 'tollgate.jsonc'),
        '--json',
      ];
      const { output } = await run(
        process.execPath,
        [startable(path.join(root, 'src/cli/cli.ts')), 'doctor', ...args],
        {
          cwd: root,
          env: { ...process.env, TOLLGATE_STATE: stateFile, NODE_OPTIONS: '', ...environment },
        },
      );
      const { checks } = JSON.parse(output.slice(output.indexOf('{'))) as {
        readonly checks: readonly { readonly id: string; readonly state: string }[];
      };
      return Object.fromEntries(checks.map(({ id, state }) => [id, state]));
    }

    it('finds a gateway that answers, and a shell without the preload', async () => {
      const { catalogue, gateway, port, stateFile, Node } = await doctor({});
      assert.deepEqual([catalogue, gateway, port, stateFile, Node], ['ok', 'ok', 'ok', 'ok', 'problem']);
    });

    it('finds a stranger on the port that the state file names', async () => {
      const { url } = await tcpUpstream((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nHi'));
      assert.equal(await portAnswer(Number(new URL(url).port)), 'stranger');
    });
  });
});

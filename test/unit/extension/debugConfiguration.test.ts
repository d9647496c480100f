import assert from 'node:assert/strict';
import {
  isCaptured,
  readEnvFile,
  withCapture,
  type DebugSurroundings,
} from '../../../src/extension/capture/debugConfiguration.ts';

const around: DebugSurroundings = {
  programs: {
    variables: { TOLLGATE_STATE: '/data/gateway.json', OPENAI_BASE_URL: 'http://127.0.0.1:1/openai/v1' },
    nodeOptions: ' --require "/hooks/register.cjs" ',
    pythonFolder: '/hooks/python',
  },
  hooks: '/hooks',
  session: 'd1|debug:Launch',
  envFile: {},
  inherited: {},
  delimiter: ':',
};
const node = { type: 'node', request: 'launch', name: 'Launch' };

describe('A debug configuration', () => {
  it('is captured where it launches a Node or Python program, and not where it attaches or runs a browser', () => {
    for (const type of ['node', 'pwa-node', 'node-terminal', 'python', 'debugpy'])
      assert.ok(isCaptured({ ...node, type }), type);
    for (const type of ['chrome', 'pwa-chrome', 'msedge', 'extensionHost', 'toString'])
      assert.ok(!isCaptured({ ...node, type }), type);
    assert.ok(!isCaptured({ ...node, request: 'attach' }));
  });

  it('keeps NODE_OPTIONS and PYTHONPATH, whoever set them, and adds to them', () => {
    const env = { NODE_OPTIONS: '--no-warnings', PYTHONPATH: '/own:/other' };
    const expected = ['--no-warnings --require "/hooks/register.cjs"', '/hooks/python:/own:/other'];
    const found = [
      withCapture({ ...node, env }, around),
      withCapture(node, { ...around, envFile: env, inherited: { NODE_OPTIONS: '--never' } }),
      withCapture(node, { ...around, inherited: env }),
    ].map((made) => made.env as typeof env);
    for (const { NODE_OPTIONS, PYTHONPATH } of found) assert.deepEqual([NODE_OPTIONS, PYTHONPATH], expected);
  });

  it('leaves variables that it sets itself, by env or by envFile, and those that it takes away', () => {
    const own = { env: { OPENAI_BASE_URL: 'http://mine', TOLLGATE_STATE: null } };
    assert.deepEqual(withCapture({ ...node, ...own }, around).env, {
      OPENAI_BASE_URL: 'http://mine',
      TOLLGATE_STATE: null,
      TOLLGATE_SESSION: 'd1|debug:Launch',
      NODE_OPTIONS: '--require "/hooks/register.cjs"',
      PYTHONPATH: '/hooks/python',
    });
    const env = withCapture(node, { ...around, envFile: { OPENAI_BASE_URL: 'http://mine' } }).env;
    assert.ok(!Object.hasOwn(env as object, 'OPENAI_BASE_URL'));
  });

  it('is the same when it is resolved twice', () => {
    for (const type of ['pwa-node', 'debugpy']) {
      const once = withCapture({ ...node, type }, around);
      assert.deepEqual(withCapture(once, { ...around, session: 'd2|debug:Launch' }), once);
    }
  });

  it('does not have the debugger step into the preloads', () => {
    const { skipFiles } = withCapture({ ...node, skipFiles: ['<node_internals>/**'] }, around);
    assert.deepEqual(skipFiles, ['<node_internals>/**', '/hooks/**']);
    const { rules } = withCapture({ ...node, type: 'debugpy' }, around);
    assert.deepEqual(rules, [{ path: '/hooks/python/**', include: false }]);
  });

  it('reads files of variables as debuggers do', () => {
    const text = '# first\nA=1\nexport B = two words # why\nC="x # y"\r\nD=\'q"q\'\nE=\n=f\nG G';
    assert.deepEqual(readEnvFile(text), { A: '1', B: 'two words', C: 'x # y', D: 'q"q', E: '' });
  });
});

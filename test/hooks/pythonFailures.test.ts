import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Outcome } from './program.ts';
import { place } from './program.ts';
import { openPythonBench, pythonHook, pythons, type PythonBench } from './pythonProgram.ts';

const program = readFileSync(path.join(import.meta.dirname, 'python/disturbed.py'), 'utf8');
const closed = 'http://127.0.0.1:9';

for (const python of pythons) {
  describe(`a program under ${python.name} comes out the same as without the hook`, function () {
    this.timeout(60_000);
    let bench: PythonBench;
    let file: string;
    const outcomes = new Map<string, Outcome>();
    before(async () => {
      bench = await openPythonBench();
      file = bench.write('program.py', program);
    });
    after(() => bench.close());

    /** `own`: what `PYTHONPATH` is without the hook. */
    const same = async (
      variables: Readonly<Record<string, string>> = {},
      { own, parameters = [] }: { readonly own?: string; readonly parameters?: readonly string[] } = {},
    ): Promise<Outcome> => {
      const key = JSON.stringify([own, parameters]);
      const expected =
        outcomes.get(key) ??
        (await bench.run(python, [...parameters, file], { PYTHONPATH: own, TOLLGATE_STATE: undefined }));
      outcomes.set(key, expected);
      const hooked = own === undefined ? pythonHook : pythonHook + path.delimiter + own;
      const outcome = await bench.run(python, [...parameters, file], { PYTHONPATH: hooked, ...variables });
      assert.deepEqual(comparable(outcome), comparable(expected));
      assert.equal(expected.code, 1);
      assert.match(expected.output, /choices/);
      return outcome;
    };
    const state = (name: string, content: object | string): string =>
      bench.write(name, typeof content === 'string' ? content : JSON.stringify(content));
    const spooling = (name: string, spool: string): Record<string, string> => {
      const port = Number(new URL(bench.gateway.url).port);
      return { TOLLGATE_STATE: state(`${name}.json`, { pid: process.pid, port, url: bench.gateway.url, spool }) };
    };
    const folder = (name: string): string => {
      mkdirSync(path.join(bench.folder, name), { recursive: true });
      return path.join(bench.folder, name);
    };

    it('where all is well', async () => {
      const spool = folder('spool-well');
      await same(spooling('well', spool));
      const notes = readdirSync(spool).flatMap((name) => readFileSync(path.join(spool, name), 'utf8').split('\n'));
      assert.equal(notes.length, 4, 'Three calls reach the gateway, and a line ends the last note.');
    });
    it('where there is no state file', () => same({ TOLLGATE_STATE: path.join(bench.folder, 'missing.json') }));
    it('where the variable is missing', () => same({ TOLLGATE_STATE: '' }));
    it('where the state file is no JSON', () => same({ TOLLGATE_STATE: state('broken.json', '{"pid":') }));
    it('where the state file is something else', () => same({ TOLLGATE_STATE: state('else.json', '[1]') }));
    it('where the state file is a folder', () => same({ TOLLGATE_STATE: bench.folder }));
    it('where the gateway is dead', () => {
      const dead = { pid: 2 ** 22 + 1, port: 9, url: closed, spool: bench.gateway.spool };
      return same({ TOLLGATE_STATE: state('dead.json', dead) });
    });
    it('where the gateway’s port is closed', () => {
      const gone = { pid: process.pid, port: 9, url: closed, spool: bench.gateway.spool };
      return same({ TOLLGATE_STATE: state('closed.json', gone) });
    });
    it('where the spool folder is missing', () => same(spooling('lost', path.join(bench.folder, 'nowhere'))));
    it('where the spool is a file, which nobody can write into, not even root', () =>
      same(spooling('blocked', bench.write('spool-file', ''))));
    it('where the spool is read-only', () => {
      const spool = folder('read-only');
      chmodSync(spool, 0o500);
      return same(spooling('read-only', spool));
    });
    it('where the disk is full', async function () {
      if (process.platform === 'win32') this.skip();
      const limited = { ...python, file: 'sh' };
      const shell = ['-c', 'ulimit -f 0; exec "$0" "$@"', python.file, file];
      const expected = await bench.run(limited, shell, { PYTHONPATH: undefined, TOLLGATE_STATE: undefined });
      assert.deepEqual(comparable(await bench.run(limited, shell)), comparable(expected));
    });
    it('where the hook’s folder is missing', async () => {
      const plain = bench.write('plain.py', 'import json\nprint(json.dumps([1]))\n');
      const outcome = await bench.run(python, [plain], { PYTHONPATH: path.join(bench.folder, 'gone') });
      assert.deepEqual(outcome, { code: 0, output: '[1]\n', errors: '' });
    });
    it('where the implementation behind the entry is missing', () => {
      const alone = folder('alone');
      copyFileSync(path.join(pythonHook, 'sitecustomize.py'), path.join(alone, 'sitecustomize.py'));
      return same({ PYTHONPATH: alone });
    });
    it('where the hook is removed once it is loaded', () => {
      const removed = path.join(bench.folder, 'removed');
      cpSync(pythonHook, removed, { recursive: true });
      const own = folder('remover');
      const remove = `import os, shutil\nshutil.rmtree(os.environ.get("REMOVED", "/nowhere/at/all"), True)\n`;
      bench.write('remover/sitecustomize.py', remove);
      return same({ PYTHONPATH: removed + path.delimiter + own, REMOVED: removed }, { own });
    });

    it('where PYTHONPATH is the user’s too, and where an editor found none', async () => {
      bench.write('mine/urllib3.py', '');
      await same({}, { own: `${path.join(bench.folder, 'mine')}${path.delimiter}relative` });
      const outcome = await bench.run(python, [file], { PYTHONPATH: pythonHook + path.delimiter });
      const bare = await bench.run(python, [file]);
      assert.equal(outcome.output, bare.output);
    });
    it('where the user has a sitecustomize', async () => {
      bench.write('chained/sitecustomize.py', `WHO = 'the user'\nprint('customized')\n`);
      const { output } = await same({}, { own: path.join(bench.folder, 'chained') });
      assert.match(output, /customized[\s\S]*the user/);
    });
    it('where the user’s sitecustomize fails', async () => {
      bench.write('failing/sitecustomize.py', `import no_such_module\n`);
      const { errors } = await same({}, { own: path.join(bench.folder, 'failing') });
      assert.match(errors, /no_such_module/);
    });
    it('where the user has a usercustomize', async () => {
      const version = `python3.${String(python.minor)}`;
      bench.write(`base/lib/${version}/site-packages/usercustomize.py`, `print('user customized')\n`);
      const plain = bench.write('short.py', '');
      const { output } = await bench.run(python, [plain], { PYTHONUSERBASE: path.join(bench.folder, 'base') });
      assert.ok(output === 'user customized\n' || process.platform !== 'linux', output);
    });
    for (const option of ['-I', '-E', '-S', '-s', '-B']) {
      it(`where Python is run with ${option}`, () => same({}, { parameters: [option] }));
    }
    it('where Python warns in development mode', () => same({}, { parameters: ['-X', 'dev'] }));

    it('where descriptors are closed that are not the program’s, whose own file is left alone', async () => {
      const text = `import os, urllib.request
urllib.request.urlopen(os.environ['BASE'] + '/before').read()
os.closerange(3, 100)
file = os.open('own.txt', os.O_WRONLY | os.O_CREAT, 0o600)
urllib.request.urlopen(os.environ['BASE'] + '/after').read()
os.write(file, b'mine')
`;
      const outcome = await bench.run(python, [bench.write('closing.py', text)]);
      assert.deepEqual(outcome, { code: 0, output: '', errors: '' });
      assert.equal(readFileSync(path.join(bench.folder, 'own.txt'), 'utf8'), 'mine');
    });

    it('where the gateway comes back on another port, and then finds lines again', async () => {
      const elsewhere = await openPythonBench(undefined, 500);
      const own = state('moving.json', { pid: process.pid, port: 9, url: closed, spool: bench.gateway.spool });
      const moving = bench.write(
        'moving.py',
        `import os, time, urllib.request
urllib.request.urlopen(os.environ['BASE'] + '/before').read()
os.replace(os.environ['NEXT'], os.environ['TOLLGATE_STATE'])
time.sleep(1.1)
urllib.request.urlopen(os.environ['BASE'] + '/after').read()
`,
      );
      const next = path.join(bench.folder, 'next.json');
      copyFileSync(elsewhere.gateway.stateFile, next);
      await bench.run(python, [moving], { TOLLGATE_STATE: own, NEXT: next, BASE: elsewhere.gateway.url });
      const lines = elsewhere.gateway.recorded.map(({ path: at, site }) => [at, place(site)]);
      await elsewhere.close();
      assert.deepEqual(lines, [
        ['/before', 'nowhere'],
        ['/after', `${moving}:5 exact`],
      ]);
    });
  });
}

/** Addresses of objects differ from run to run; with -S nobody takes the hook's folder from the path. */
function comparable({ code, output, errors }: Outcome): Outcome {
  const plain = (text: string): string =>
    text.replace(/0x[0-9a-f]+|Thread-\d+|laddr=.*/g, '…').replace(` '${pythonHook}',`, '');
  return { code, output: plain(output), errors: plain(errors) };
}

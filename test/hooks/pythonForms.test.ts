import assert from 'node:assert/strict';
import path from 'node:path';
import { assertLines, place } from './program.ts';
import { openPythonBench, pythonHook, pythons, withPackages, type PythonBench } from './pythonProgram.ts';

const several = `import multiprocessing
import os
import subprocess
import sys
import urllib.request

BASE = os.environ["BASE"]


def work():
    urllib.request.urlopen(BASE + "/mark-spawned").read()


if __name__ == "__main__":
    if len(sys.argv) > 1:
        urllib.request.urlopen(BASE + "/mark-child").read()
    else:
        urllib.request.urlopen(BASE + "/mark-main").read()
        subprocess.run([sys.executable, __file__, "child"])
        process = multiprocessing.get_context("spawn").Process(target=work)
        process.start()
        process.join()
        if hasattr(os, "fork"):
            pid = os.fork()
            if pid == 0:
                urllib.request.urlopen(BASE + "/mark-forked").read()
                os._exit(0)
            os.waitpid(pid, 0)
        urllib.request.urlopen(BASE + "/mark-last").read()
`;

const tested = `import asyncio
import os

import httpx
import pytest
import requests

BASE = os.environ["BASE"]


@pytest.fixture
def client():
    requests.get(BASE + "/mark-fixture")
    with httpx.Client() as client:
        yield client


@pytest.mark.parametrize("name", ["a", "b"])
def test_sync(client, name):
    assert client.get(BASE + "/mark-test").status_code == 200  # 2 times


def test_async():
    async def run():
        async with httpx.AsyncClient() as client:
            answer = await client.get(BASE + "/mark-async")
            assert answer.status_code == 200

    asyncio.run(run())
`;

/** A library with workers: a task, a task for each call, and a thread. */
const workers = `import asyncio, queue, threading
import httpx


async def get(url):
    async with httpx.AsyncClient() as client:
        await client.get(url)


class Worker:
    def start(self):
        self.queue = asyncio.Queue()
        self.task = asyncio.create_task(self.run())

    async def run(self):
        while True:
            url, done = await self.queue.get()
            await get(url)
            done.set()

    async def ask(self, url):
        done = asyncio.Event()
        await self.queue.put((url, done))
        await done.wait()

    async def spawn(self, url):
        await asyncio.gather(asyncio.create_task(get(url)))


class Background:
    def __init__(self):
        self.queue = queue.Queue()
        threading.Thread(target=self.run, daemon=True).start()

    def run(self):
        url, done = self.queue.get()
        httpx.get(url)
        done.set()

    def ask(self, url):
        done = threading.Event()
        self.queue.put((url, done))
        done.wait()
`;

const working = `import asyncio, os, workers
BASE = os.environ["BASE"]

async def main():
    worker = workers.Worker()
    worker.start()
    await worker.ask(BASE + "/first")
    await worker.ask(BASE + "/second")
    await worker.spawn(BASE + "/spawned")
    background = workers.Background()
    background.ask(BASE + "/background")

asyncio.run(main())
`;

for (const python of pythons) {
  describe(`Python programs of all forms under ${python.name}`, function () {
    this.timeout(60_000);
    let bench: PythonBench;
    beforeEach(async () => {
      bench = await openPythonBench(undefined, 500);
    });
    afterEach(() => bench.close());

    const places = (): readonly string[] => bench.gateway.recorded.map(({ site }) => place(site));

    it('finds calls of children, forks and processes of multiprocessing', async function () {
      const text = process.platform === 'win32' ? several.replace('if hasattr(os, "fork")', 'if False') : several;
      const file = bench.write('several.py', text);
      assert.deepEqual(await bench.run(python, [file]), { code: 0, output: '', errors: '' });
      assertLines(file, bench.gateway.recorded, process.platform === 'win32' ? { forked: 0 } : {});
    });

    it('finds calls in tests of pytest, whose rewriting keeps the lines', async function () {
      this.timeout(900_000);
      const equipped = withPackages(python);
      if (equipped === null) this.skip();
      const file = bench.write('test_calls.py', tested);
      const { code, output } = await bench.run(equipped, ['-m', 'pytest', '-q', '-p', 'no:cacheprovider', file]);
      assert.equal(code, 0, output);
      assertLines(file, bench.gateway.recorded, { fixture: 2, test: 2 });
    });

    it('never says "exact" of a file that changed after the program began', async () => {
      const text = `import os, urllib.request
with open(__file__, "a") as file:
    file.write("# More.")
urllib.request.urlopen(os.environ["BASE"] + "/mark-changed").read()
`;
      const file = bench.write('changed.py', text);
      assert.deepEqual(await bench.run(python, [file]), { code: 0, output: '', errors: '' });
      assert.deepEqual(places(), [`${file}:4 near`]);
    });

    it('never says "exact" of a library’s worker, which may work for others than whoever began it', async function () {
      this.timeout(900_000);
      const equipped = withPackages(python);
      if (equipped === null) this.skip();
      bench.write('site-packages/workers.py', workers);
      const file = bench.write('working.py', working);
      const outcome = await bench.run(equipped, [file], { PYTHONPATH: `${pythonHook}${path.delimiter}site-packages` });
      assert.deepEqual(outcome, { code: 0, output: '', errors: '' });
      assert.deepEqual(places(), [`${file}:6 near`, `${file}:6 near`, `${file}:9 exact`, `${file}:10 near`]);
    });

    it('names column and function, and the line of the innermost code of the user', async () => {
      const text = `import os, urllib.request
def ask(path):
    text = urllib.request.urlopen(os.environ["BASE"] + path).read()
    return text
ask("/inner")
`;
      const file = bench.write('inner.py', text);
      await bench.run(python, [file]);
      const site = bench.gateway.recorded[0]?.site;
      assert.deepEqual(site, {
        file,
        line: 3,
        column: python.minor >= 11 ? 12 : 1,
        function: 'ask',
        certainty: 'exact',
      });
    });

    it('adds nothing to a request, and notes nothing where Python is told to keep out of the environment', async () => {
      const file = bench.write(
        'headers.py',
        `import os, urllib.request\nurllib.request.urlopen(os.environ["BASE"]).read()\n`,
      );
      await bench.run(python, [file]);
      for (const option of ['-S', '-E', '-I']) await bench.run(python, [option, file]);
      assert.deepEqual(places(), [`${file}:2 exact`, 'nowhere', 'nowhere', 'nowhere']);
      const [one, ...others] = bench.gateway.recorded.map(({ headers }) => headers);
      for (const other of others) assert.deepEqual(other, one);
    });
  });
}

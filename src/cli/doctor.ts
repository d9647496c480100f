import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import type { GatewayState } from '../shared/settings.ts';
import { plain } from '../shared/text.ts';
import { captureChecks, captureConclusion } from '../troubleshoot/capture/captureChecks.ts';
import type { CaptureFacts } from '../troubleshoot/capture/captureFacts.ts';
import type { CaptureCheck } from '../troubleshoot/capture/link.ts';
import { portAnswer, stateIn } from '../troubleshoot/capture/lookAtGateway.ts';
import type { Command } from './command.ts';
import { printable } from './findingReport.ts';
import { withGatewayAside } from './gatewayAside.ts';
import { placesHelp } from './help.ts';
import { print } from './output.ts';
import { findPlaces, placesOptions, type Places } from './places.ts';
import { withLog } from './withLog.ts';

export const doctorCommand: Command = {
  name: 'doctor',
  summary: 'Say why nothing is captured: each link from a program’s call to its line',
  help: `Usage: tollgate doctor [--json] [--config FILE] [--data DIR]

Checks, for programs started in this shell, each link of the chain: the configuration, the gateway and its
port, the state file by which preloads find it, the variables of this shell, Node and Python on the path,
and whether lines have been noted. In a terminal of VS Code it looks at the editor's gateway.

  --json               Print the checks as JSON, one line
${placesHelp}
The exit code is 0 where all is in order, 3 where something is wrong, and 4 where something could not be
checked or needs a person.
`,
  options: { ...placesOptions, json: { type: 'boolean' } },
  operands: 0,
  run: async (options) => {
    const checks = captureChecks(await gather(findPlaces(options), process.env));
    const conclusion = plain(captureConclusion(checks));
    await print(
      options.json === true
        ? `${JSON.stringify({ conclusion, checks: checks.map(toJson) })}\n`
        : `${checks.map(toLines).join('')}\n${printable(conclusion)}\n`,
    );
    if (checks.some(({ state }) => state === 'problem')) return 3;
    return checks.every(({ state }) => state === 'ok') ? 0 : 4;
  },
};

const marks: Readonly<Record<CaptureCheck['state'], string>> = { ok: '✓', problem: '✗', unknown: '?', needsYou: '!' };

function toLines({ title, state, sentence }: CaptureCheck): string {
  return `${marks[state]} ${printable(plain(title))}\n    ${printable(plain(sentence))}\n`;
}

function toJson({ id, title, state, sentence }: CaptureCheck): Readonly<Record<string, string>> {
  return { id, title: plain(title), state, sentence: plain(sentence) };
}

async function gather(places: Places, environment: NodeJS.ProcessEnv): Promise<CaptureFacts> {
  const file = environment.TOLLGATE_STATE ?? path.join(places.dataDirectory, 'gateway.json');
  const [text, declared, calls] = await Promise.all([
    readFile(file, 'utf8').catch(() => null),
    withGatewayAside(places, async ({ api }) => ({ problems: await api.problems(), apis: await api.apis() })),
    newestCalls(places),
  ]);
  const state = stateOf(text);
  const answer = state === null ? null : await portAnswer(state.port);
  const preload = /--require "?([^"]*register\.cjs)"?/.exec(environment.NODE_OPTIONS ?? '')?.[1];
  return {
    asker: 'shell',
    catalogue: {
      file: places.catalogueFile,
      exists: existsSync(places.catalogueFile),
      problems: declared.problems.length,
      apis: declared.apis.length,
    },
    gateway: { kind: answer === 'gateway' ? 'running' : 'stopped', message: '' },
    port: state === null || answer === null ? null : { number: state.port, answer },
    stateFile: { file, state: answer === 'nobody' ? 'stale' : stateIn(text, null) },
    recording: { on: true, paused: false, hosts: [], problem: null },
    preloads: { wanted: true, missing: preload === undefined || existsSync(preload) ? [] : [preload] },
    baseUrls: environment.TOLLGATE_URL !== undefined,
    intercept: { mode: typeof state?.ca === 'string' ? 'on' : 'ask', hasAuthority: typeof state?.ca === 'string' },
    terminals: null,
    shell: {
      state: environment.TOLLGATE_STATE !== undefined && text !== null,
      runtimes: [
        { name: 'Node', version: versionOf('node', ['-p', 'process.versions.node']), preloaded: preload !== undefined },
        {
          name: 'Python',
          version: versionOf(process.platform === 'win32' ? 'python' : 'python3', [
            '-c',
            'import sys; print("%d.%d.%d" % sys.version_info[:3])',
          ]),
          preloaded: (environment.PYTHONPATH ?? '')
            .split(path.delimiter)
            .some((folder) => folder !== '' && existsSync(path.join(folder, 'tollgate_hook'))),
        },
      ],
    },
    notes: state === null ? null : await notesIn(state.spool),
    calls,
    now: Date.now(),
  };
}

function stateOf(text: string | null): GatewayState | null {
  return text === null || stateIn(text, null) !== 'fresh' ? null : (JSON.parse(text) as GatewayState);
}

function versionOf(program: string, args: readonly string[]): string | null {
  const { status, stdout } = spawnSync(program, args, { encoding: 'utf8', timeout: 10_000, windowsHide: true });
  return status === 0 ? stdout.trim() : null;
}

async function newestCalls({ dataDirectory }: Places): Promise<CaptureFacts['calls']> {
  try {
    const { rows } = await withLog(dataDirectory, (log) => log.exchanges({ filter: '', limit: 50 }));
    return { newest: rows.length, withoutLine: rows.filter(({ callSite }) => callSite === null).length };
  } catch {
    // There is no log yet.
    return { newest: 0, withoutLine: 0 };
  }
}

/** Files of notes are named by their process, and deleted after it has ended. */
async function notesIn(spool: string): Promise<NonNullable<CaptureFacts['notes']>> {
  const names = (await readdir(spool).catch(() => [])).filter((name) => /^\d+-.*\.jsonl$/.test(name));
  const times = await Promise.all(
    names.map(async (name) => (await stat(path.join(spool, name)).catch(() => null))?.mtimeMs ?? 0),
  );
  const processes = [...new Set(names.map((name) => Number(name.split('-', 1)[0])))];
  return { processes, newestAt: times.length === 0 ? null : Math.max(...times) };
}

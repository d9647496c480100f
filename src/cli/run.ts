import type { GatewayApi } from '../shared/protocol.ts';
import { allApis } from '../shared/warning.ts';
import { accessToken } from './accessToken.ts';
import { optionText, type Command } from './command.ts';
import { FindingFeed } from './findingFeed.ts';
import { findingLine, type DiagnosedRow } from './findingReport.ts';
import { makeDataDirectory, startAlone } from './gatewayAlone.ts';
import { placesHelp } from './help.ts';
import { say } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { runProgram } from './runProgram.ts';
import { interceptedEnvironment, interceptHelp, interceptOptions } from './interceptOption.ts';
import { capturedEnvironment, ownStateFile } from './runEnvironment.ts';
import { applySimulations, simulateHelp, simulateOptions, simulationsIn } from './simulateOption.ts';
import { UsageError } from './usageError.ts';
import { warningLine } from './warningReport.ts';

export const runCommand: Command = {
  name: 'run',
  summary: 'Run a command with its calls captured, and print what was refused',
  help: `Usage: tollgate run [--config FILE] [--data DIR] [--simulate WHAT …] [--intercept] -- COMMAND [ARGUMENTS]

${placesHelp}${simulateHelp}${interceptHelp}
The command gets TOLLGATE_URL, TOLLGATE_KEY, TOLLGATE_<API>_URL for each API, the base-URL variables of
the vendors' SDKs (OPENAI_BASE_URL …), and by NODE_OPTIONS and PYTHONPATH a preload that notes which line made
a call.

Findings are printed on standard error as
  file:line:column: severity: message [code]
and as -:0:0: where the line is not known; the same finding at the same place once. What is about to run
out follows as "info", at the line that spends most. The exit code is the
command's, or 128 and the signal's number; 127 where there is no such command, 126 where it cannot run.
`,
  options: { ...placesOptions, ...simulateOptions, ...interceptOptions },
  operands: -1,
  run: async (options, [program, ...args]) => {
    if (program === undefined) throw new UsageError('There is no command to run. Put it after "--".');
    const simulations = simulationsIn(options);
    const places = findPlaces(options);
    await makeDataDirectory(places.dataDirectory);
    const token = await accessToken(options, places.dataDirectory);
    const gateway = await startAlone({ ...places, port: 0, token, intercept: options.intercept === true });
    const report = new Report();
    const feed = new FindingFeed((row) => report.add(row));
    const open = new Set<string>();
    const called = new Set<string>();
    gateway.on('exchangesChanged', (rows) => {
      for (const { id, state, api, host } of rows) {
        called.add(api ?? host).add(allApis);
        if (state === 'open') open.add(id);
        else open.delete(id);
      }
      feed.add(rows);
    });
    const state = await ownStateFile(gateway.stateFile);
    try {
      await applySimulations(gateway.api, simulations);
      const own = capturedEnvironment(process.env, await gateway.api.programEnvironment(), state.file);
      const environment = options.intercept === true ? await interceptedEnvironment(own, gateway.stateFile) : own;
      const code = await runProgram(program, args, environment);
      await settled(open);
      feed.flush();
      await printWarnings(gateway.api, called);
      return code;
    } finally {
      await gateway.close();
      feed.flush();
      report.conclude(optionText(options, 'data'));
      await state.remove();
    }
  },
};

/** What is printed: each finding once for its place, until something else is found there. */
class Report {
  readonly #newest = new Map<string, string>();
  #calls = 0;

  add(row: DiagnosedRow): void {
    this.#calls++;
    const { callSite, api, method, host, path } = row;
    const place =
      callSite === null ? `${method} ${host}${path.split('?')[0] ?? ''}` : `${callSite.file}:${callSite.line}`;
    const line = findingLine(row, process.cwd());
    if (this.#newest.get(`${place} ${api ?? ''}`) === line) return;
    this.#newest.set(`${place} ${api ?? ''}`, line);
    process.stderr.write(`${line}\n`);
  }

  conclude(data: string | undefined): void {
    if (this.#calls === 0) return;
    const calls = this.#calls === 1 ? 'One call was' : `${String(this.#calls)} calls were`;
    say(`${calls} refused. See "tollgate log${data === undefined ? '' : ` --data ${data}`}".`);
  }
}

/** What is about to happen to the APIs that were called. */
async function printWarnings(api: GatewayApi, called: ReadonlySet<string>): Promise<void> {
  const [{ warnings }, apis] = await Promise.all([api.warnings(), api.apis()]);
  for (const warning of warnings)
    if (!warning.muted && called.has(warning.api))
      process.stderr.write(`${warningLine(warning, apis, process.cwd(), Date.now())}\n`);
}

const patience = 2_000;
/** Events come in batches. */
const batch = 100;

/** Waits for the calls that were under way when the command ended. */
async function settled(open: ReadonlySet<string>): Promise<void> {
  const end = Date.now() + patience;
  do await new Promise((resolve) => setTimeout(resolve, batch));
  while (open.size > 0 && Date.now() < end);
}

import { stat } from 'node:fs/promises';
import type { Log } from '../gateway/main.ts';
import type { ExchangeId, ExchangeSummary } from '../shared/exchange.ts';
import { toPanelBody } from '../shared/panelBody.ts';
import type { GatewayApi } from '../shared/protocol.ts';
import { plain } from '../shared/text.ts';
import type { Troubleshooting } from '../shared/troubleshooting.ts';
import type { ExchangeContent } from '../troubleshoot/exchangeReport.ts';
import { troubleshootReport } from '../troubleshoot/report.ts';
import { troubleshoot, type TroubleshootSources } from '../troubleshoot/troubleshoot.ts';
import { optionText, type Command } from './command.ts';
import { printable } from './findingReport.ts';
import { withGatewayAside } from './gatewayAside.ts';
import { placesHelp } from './help.ts';
import { print, say } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { writePrivateFile } from './privateFile.ts';
import { stepLines, stepPrinter, troubleshootingJson } from './stepLines.ts';
import { CommandFailure } from './usageError.ts';
import { version } from './version.ts';
import { withLog } from './withLog.ts';

export const troubleshootCommand: Command = {
  name: 'troubleshoot',
  summary: 'Walk the five steps against a refusal: funds, plan, token, usage, contact',
  help: `Usage: tollgate troubleshoot [EXCHANGE|latest] [--json] [--report FILE|-] [--config FILE] [--data DIR]

Looks into one captured call: asks the provider what the account has left, looks at plan and credential,
and at what the log tells of calls like it. EXCHANGE is a number or an id as "tollgate log" has them;
by default the newest call that was refused.

  --json               Print the checklist as JSON, one line
  --report FILE        Also write a report for the provider's support, secrets redacted, with the call
                       as HAR; - for standard output instead of the checklist
${placesHelp}
The exit code is 0 where nothing is wrong, 3 where a step shows a problem, and 4 where none does but
something could not be checked or needs a person.
`,
  options: { ...placesOptions, json: { type: 'boolean' }, report: { type: 'string' } },
  operands: 1,
  run: async (options, [which = 'latest']) => {
    const places = findPlaces(options);
    const report = optionText(options, 'report');
    const quiet = options.json === true || report === '-';
    const done = await withLog(places.dataDirectory, async (log) => {
      const row = find(log, which);
      if (!quiet) await print(heading(row));
      const fill = quiet ? null : stepPrinter((step, number) => void print(stepLines(step, number)));
      const walked = await withGatewayAside(places, ({ api }) =>
        troubleshoot(row.id, sources(log, api), (sofar) => fill?.(sofar)),
      );
      if (report !== undefined) await writeReport(log, walked, report);
      return walked;
    });
    if (options.json === true) await print(`${JSON.stringify(troubleshootingJson(done))}\n`);
    else if (!quiet) await print(`${plain(done.conclusion ?? { message: '', args: [] })}\n`);
    return exitCode(done);
  },
};

function find(log: Log, which: string): ExchangeSummary {
  const newest = (filter: string): ExchangeSummary | undefined => log.exchanges({ filter, limit: 1 }).rows[0];
  if (which === 'latest') {
    const refused = newest('has:finding') ?? newest('status>=400') ?? newest('state:failed');
    if (refused !== undefined) return refused;
    throw new CommandFailure('No call in this log was refused. Name one by its number; "tollgate log" lists them.');
  }
  const found = /^#?\d+$/.test(which) ? newest(`number:${which.replace('#', '')}`) : log.exchange(which as ExchangeId);
  if (found !== undefined && found !== null) return found;
  throw new CommandFailure(`There is no call "${which}" in this log. "tollgate log" lists those that there are.`);
}

/** The log tells what was, a gateway beside it what is. */
function sources(log: Log, api: GatewayApi): TroubleshootSources {
  return {
    apis: () => api.apis(),
    credentialLook: (name) => api.credentialLook(name),
    verifyAccount: (name, about) => api.verifyAccount(name, about),
    exchange: (id) => Promise.resolve(log.exchange(id)),
    body: (id, side) => Promise.resolve(log.body(id, side)),
    history: (id) => Promise.resolve(log.history(id)),
    savedAt: async (file) => (await stat(file)).mtimeMs,
  };
}

function heading({ number, method, host, path, status, state, diagnosis, simulated }: ExchangeSummary): string {
  const lines = [
    `#${String(number)} ${method} ${host}${path}: ${String(status ?? state)}${simulated ? ' (simulated)' : ''}`,
    ...(diagnosis === null ? [] : [`${plain(diagnosis.summary)} [${diagnosis.cause}]`]),
  ];
  return `${lines.map((line) => `${printable(line)}\n`).join('')}\n`;
}

async function writeReport(log: Log, troubleshooting: Troubleshooting, file: string): Promise<void> {
  const exchange = log.exchange(troubleshooting.id);
  if (exchange === null) return;
  const [request, response] = [log.body(exchange.id, 'request'), log.body(exchange.id, 'response')];
  const content: ExchangeContent = {
    exchange,
    request: request && toPanelBody(request),
    response: response && toPanelBody(response),
  };
  const markdown = troubleshootReport({
    content,
    troubleshooting,
    har: [...log.exportHar(`id:${exchange.id}`)].join(''),
    origin: {
      tollgate: version(),
      editor: `Node ${process.versions.node}`,
      system: `${process.platform} ${process.arch}`,
      now: Date.now(),
    },
  });
  if (file === '-') {
    await print(markdown);
    return;
  }
  try {
    await writePrivateFile(file, markdown);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandFailure(`${file} cannot be written: ${why}`, { cause: error });
  }
  say(`The report was written to ${file}.`);
}

function exitCode({ steps }: Troubleshooting): number {
  if (steps.some(({ state }) => state === 'problem')) return 3;
  return steps.some(({ state }) => state === 'unknown' || state === 'needsYou') ? 4 : 0;
}

import path from 'node:path';
import { jsonLine } from '../shared/exchangeLines.ts';
import type { ExchangeSummary } from '../shared/exchange.ts';
import { toPanelBody } from '../shared/panelBody.ts';
import { plain } from '../shared/text.ts';
import type { SessionsApi } from '../shared/sessions.ts';
import type { GatewayApi } from '../shared/protocol.ts';
import { defaultSettings } from '../shared/settings.ts';
import { optionText, type Command, type OptionValues } from './command.ts';
import { placesHelp } from './help.ts';
import { loadGateway } from './loadGateway.ts';
import { logTable } from './logTable.ts';
import { print, say } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { UsageError } from './usageError.ts';

const pageSize = 500;

export const sessionCommand: Command = {
  name: 'session',
  summary: 'Hand calls to a colleague, or look at those of a file (HAR too)',
  help: `Usage: tollgate session save FILE [--filter EXPRESSION] [--config FILE] [--data DIR]
       tollgate session open FILE [--filter EXPRESSION] [--json]

  save FILE            Writes calls with bodies and findings, redacted; lines of code relative to this folder
  open FILE            Shows the calls of such a file, or of a HAR file of any tool, and what was left out of it
  --filter EXPRESSION  Only what matches; see "tollgate log --help"
  --json               One JSON object a line, with bodies
${placesHelp}`,
  options: { ...placesOptions, filter: { type: 'string' }, json: { type: 'boolean' } },
  operands: 2,
  run: async (options, [verb, named]) => {
    if (named === undefined || (verb !== 'save' && verb !== 'open'))
      throw new UsageError('Say "save" or "open", and which file.');
    const { openSessions } = await loadGateway();
    const sessions = openSessions({
      recording: { flush: () => Promise.resolve() },
      options: () => ({
        dataDirectory: verb === 'save' ? findPlaces(options).dataDirectory : '',
        redaction: { headers: [], query: [], patterns: [], values: [] },
        bodyLimit: defaultSettings.maxBodyBytes,
      }),
      onChanged: () => undefined,
      onProgress: () => undefined,
    });
    const file = path.resolve(named);
    try {
      if (verb === 'save') await save(sessions.api, file, options);
      else await open(sessions.api, sessions.reader(noLog), file, options);
    } finally {
      await sessions.close();
    }
    return 0;
  },
};

type Reading = Pick<GatewayApi, 'exchanges' | 'exchange' | 'body' | 'groups'>;

/** Only the file is asked. */
const noLog: Reading = {
  exchanges: () => Promise.resolve({ rows: [], total: 0 }),
  groups: () => Promise.resolve([]),
  exchange: () => Promise.resolve(null),
  body: () => Promise.resolve(null),
};

async function save(api: SessionsApi, file: string, options: OptionValues): Promise<void> {
  const filter = optionText(options, 'filter') ?? '';
  const count = await api.saveSession({ file, filter, format: 'session', folder: process.cwd() });
  say(`${String(count)} calls are in ${file}. Secrets are not.`);
}

async function open(api: SessionsApi, reading: Reading, file: string, options: OptionValues): Promise<void> {
  const session = await api.openSession({ file, folder: process.cwd() });
  say(
    `${session.name}: ${String(session.calls)} calls${session.creator === null ? '' : `, written by ${session.creator}`}.`,
  );
  for (const { message, count, first } of session.problems)
    say(`${plain(message)}${first === null ? '' : ` (${String(count)} times, first at call ${String(first)})`}.`);
  const rows: ExchangeSummary[] = [];
  const filter = optionText(options, 'filter') ?? '';
  for (;;) {
    const before = rows.at(-1)?.number;
    const query = { session: session.id, filter, limit: pageSize, ...(before === undefined ? {} : { before }) };
    const page = await reading.exchanges(query);
    if (page.rows.length === 0) break;
    rows.push(...page.rows);
  }
  rows.reverse();
  if (options.json !== true) {
    await print(logTable(rows, { width: process.stdout.isTTY ? process.stdout.columns : null, cwd: process.cwd() }));
    return;
  }
  for (const { id } of rows) {
    const [exchange, request, response] = await Promise.all([
      reading.exchange(id),
      reading.body(id, 'request'),
      reading.body(id, 'response'),
    ]);
    if (exchange !== null)
      await print(jsonLine(exchange, request && toPanelBody(request), response && toPanelBody(response)));
  }
}

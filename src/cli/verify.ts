import type { AccountReport, AccountState } from '../shared/account.ts';
import { plain } from '../shared/text.ts';
import type { Command } from './command.ts';
import { printable } from './findingReport.ts';
import { withGatewayAside } from './gatewayAside.ts';
import { placesHelp } from './help.ts';
import { print } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { UsageError } from './usageError.ts';

export const verifyCommand: Command = {
  name: 'verify',
  summary: 'Ask a provider what an API’s account has left',
  help: `Usage: tollgate verify API [--json] [--config FILE] [--data DIR]

Asks the provider's documented balance, usage or key endpoint, with the credential of the API as it is
declared in the configuration. API is its name there.

  --json               Print the report as JSON, one line
${placesHelp}
The exit code is 0 where the account has funds (or had when they were last settled), 3 where it has none,
and 4 where that cannot be told: there is no endpoint, the key may not ask, nobody answered.
`,
  options: { ...placesOptions, json: { type: 'boolean' } },
  operands: 1,
  run: async (options, [name]) => {
    if (name === undefined) throw new UsageError('Name the API to verify.');
    const report = await withGatewayAside(findPlaces(options), ({ api }) => api.verifyAccount(name));
    await print(options.json === true ? `${JSON.stringify(withSentences(report))}\n` : reportText(report));
    return exitCodes[report.state];
  },
};

const exitCodes: Readonly<Record<AccountState, number>> = { funded: 0, stale: 0, unfunded: 3, unknown: 4 };

function reportText(report: AccountReport): string {
  const details =
    report.checks.length < 2
      ? []
      : report.checks.map(
          ({ id, host, status, reading }) =>
            `  ${id} (${host}, ${status === null ? 'not asked' : String(status)}): ${plain(reading.sentence)}`,
        );
  const page = report.page === null ? [] : [`  See ${report.page}`];
  return [`${report.title}: ${report.state}. ${plain(report.sentence)}`, ...details, ...page]
    .map((line) => `${printable(line)}\n`)
    .join('');
}

/** Readers of JSON want sentences, not templates. */
function withSentences(report: AccountReport): Readonly<Record<string, unknown>> {
  return {
    ...report,
    sentence: plain(report.sentence),
    checks: report.checks.map((check) => ({
      ...check,
      reading: { ...check.reading, sentence: plain(check.reading.sentence) },
    })),
  };
}

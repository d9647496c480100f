import { apiActions } from './apiActions.ts';
import { optionText, type Command } from './command.ts';
import { withGatewayAside } from './gatewayAside.ts';
import { placesHelp } from './help.ts';
import { print } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { UsageError } from './usageError.ts';

/** What a version that is on its way out is said to be. */
const noticeOptions = ['since', 'sunset', 'link', 'successor'] as const;

export const apiCommand: Command = {
  name: 'api',
  summary: 'Import, validate, publish, roll back, deprecate and retire APIs',
  help: `Usage: tollgate api ACTION [API] [ARGUMENT] [OPTIONS]

  list                     The APIs, their versions and how their drafts stand
  import API FILE|URL      Write an OpenAPI 3 description as the draft; API is its name in the configuration
  import API --traffic     Infer the draft from captured calls; no value of them gets into it
  validate FILE|API        Say what is wrong with a description, or with a draft, and where. Exit code 3 if anything is
  diff API                 What the draft changes, and what of it breaks programs
  publish API [VERSION]    Put the draft in force; VERSION is written to it first
  rollback API [VERSION]   Put an earlier version in force; the one published before, by default
  deprecate API VERSION    Mark answers with Deprecation, Sunset and Link
  retire API VERSION       Answer 410, with where to go

  --filter EXPRESSION  With --traffic: only calls that match
  --replace            Import over another draft
  --since DATE         When it was, or is to be, deprecated or retired. Now by default
  --sunset DATE        When it will stop answering, as in 2027-01-31
  --link URL           A page that explains it
  --successor WHERE    What comes after it: another version, or a URL
  --undo               Take a deprecation or retirement back
  --json               Print JSON, one line
${placesHelp}
Drafts and published versions are files beside the configuration, so sharing them is a commit. A gateway that runs
takes them at once. "routes": "strict" in the configuration has calls answered 404 and 405 that are not described.
`,
  options: {
    ...placesOptions,
    json: { type: 'boolean' },
    traffic: { type: 'boolean' },
    replace: { type: 'boolean' },
    undo: { type: 'boolean' },
    filter: { type: 'string' },
    ...Object.fromEntries(noticeOptions.map((name) => [name, { type: 'string' } as const])),
  },
  operands: 3,
  run: async (options, [name, api, argument]) => {
    const action = name === undefined ? undefined : apiActions[name];
    if (action === undefined) throw new UsageError(`Say what to do: ${Object.keys(apiActions).join(', ')}.`);
    const places = findPlaces(options);
    const notice = Object.fromEntries(
      noticeOptions.flatMap((one) => {
        const value = optionText(options, one);
        return value === undefined ? [] : [[one, value]];
      }),
    );
    const asked = {
      ...{ api, argument, places, notice },
      filter: optionText(options, 'filter') ?? '',
      traffic: options.traffic === true,
      replace: options.replace === true,
      undo: options.undo === true,
    };
    const told = await withGatewayAside(places, ({ api: gateway }) => action(gateway, asked));
    await print(options.json === true ? `${JSON.stringify(told.json)}\n` : told.text);
    return told.code ?? 0;
  },
};

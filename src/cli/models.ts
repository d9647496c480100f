import type { ListedModel, LocalServer } from '../shared/models.ts';
import { optionText, type Command } from './command.ts';
import { printable } from './findingReport.ts';
import { withGatewayAside } from './gatewayAside.ts';
import { placesHelp } from './help.ts';
import { print, say } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';

export const modelsCommand: Command = {
  name: 'models',
  summary: 'List the models that programs can name at /v1',
  help: `Usage: tollgate models [--all] [--local] [--refresh] [--from URL] [--json] [--config FILE] [--data DIR]

Lists the models of declared APIs whose credential is in hand: what to name, tokens of a conversation and of
an answer, and US dollars for a million tokens in and out.

  --all                Those of all providers that Tollgate knows
  --local              The servers of models that answer on this machine: Ollama, LM Studio, llama.cpp, vLLM
  --refresh            Fetch the newest list from models.dev first, and keep it in the data folder
  --from URL           Fetch it from there, in the form of https://models.dev/api.json; says --refresh as well
  --json               One JSON object a line
${placesHelp}`,
  options: {
    ...placesOptions,
    all: { type: 'boolean' },
    local: { type: 'boolean' },
    refresh: { type: 'boolean' },
    from: { type: 'string' },
    json: { type: 'boolean' },
  },
  operands: 0,
  run: async (options) => {
    const line: (row: ListedModel | LocalServer) => string =
      options.json === true
        ? (row) => JSON.stringify(row)
        : (row) => printable('name' in row ? modelLine(row) : serverLine(row));
    const rows = await withGatewayAside(findPlaces(options), async ({ api }) => {
      if (options.local === true) return api.localModels();
      const from = optionText(options, 'from') ?? null;
      if (options.refresh === true || from !== null) {
        const { date, models, providers } = await api.refreshModels(from);
        const source = from ?? (await api.modelsSource());
        say(`The list of ${source} of ${date} has ${String(models)} models of ${String(providers)} providers.`);
      }
      return (await api.models()).filter(({ ready }) => options.all === true || ready);
    });
    await print(rows.map((row) => `${line(row)}\n`).join(''));
    return 0;
  },
};

function modelLine({ name, context, output, price }: ListedModel): string {
  const money = price === null ? 'unpriced' : `${String(price.input)} ${String(price.output)}`;
  return [name.padEnd(56), count(context).padStart(10), count(output).padStart(10), money.padStart(16)]
    .join(' ')
    .trimEnd();
}

function count(tokens: number | null): string {
  return tokens === null ? '-' : String(tokens);
}

function serverLine({ title, url, models }: LocalServer): string {
  return `${title} at ${url}: ${models.length === 0 ? 'no models' : models.join(', ')}`;
}

import { requestFormats } from '../requests/index.ts';
import { toPlainRequest } from '../requests/plainRequest.ts';
import { ChannelError } from '../shared/channel.ts';
import type { Side } from '../shared/protocol.ts';
import type { PanelBody } from '../shared/panel.ts';
import { toPanelBody } from '../shared/panelBody.ts';
import type { ClientSide } from '../shared/stages.ts';
import { plain } from '../shared/text.ts';
import { comparableText } from '../troubleshoot/comparableText.ts';
import { wholeExchangeText, type WholeExchange } from '../troubleshoot/wholeExchange.ts';
import { optionText, type Command } from './command.ts';
import { placesHelp } from './help.ts';
import { print, say } from './output.ts';
import { findPlaces, placesOptions } from './places.ts';
import { UsageError } from './usageError.ts';
import { withLog } from './withLog.ts';

const formatNames = requestFormats.map(({ id }) => id);

export const showCommand: Command = {
  name: 'show',
  summary: 'Show one captured exchange, or its request as code',
  help: `Usage: tollgate show NUMBER [--as FORMAT | --comparable | --json] [--config FILE] [--data DIR]

NUMBER is that of the exchange in the log. What the gateway tried and changed on the way is told as well.

  --as FORMAT          The request as something that runs:
${requestFormats.map(({ id, title }) => `                         ${id.padEnd(8)} ${plain(title)}\n`).join('')}  --comparable         JSON and headers in a fixed order, as in: diff <(tollgate show 3 --comparable) <(…)
  --json               The exchange and its bodies as JSON, one line
${placesHelp}`,
  options: {
    ...placesOptions,
    as: { type: 'string' },
    comparable: { type: 'boolean' },
    json: { type: 'boolean' },
  },
  operands: 1,
  run: async (options, [number]) => {
    if (number === undefined || !/^#?[1-9]\d*$/.test(number)) throw new UsageError('Give the number of an exchange.');
    const name = optionText(options, 'as');
    const format = requestFormats.find(({ id }) => id === name);
    if (name !== undefined && format === undefined)
      throw new UsageError(`"${name}" is no format. There are ${formatNames.join(', ')}.`);
    const content = await read(findPlaces(options).dataDirectory, number.replace('#', ''));
    if (options.json === true) {
      await print(`${JSON.stringify(content)}\n`);
      return 0;
    }
    if (format === undefined) {
      await print(options.comparable === true ? comparableText(content, true) : wholeExchangeText(content));
      return 0;
    }
    const { request, complete } = toPlainRequest(content.exchange, content.request);
    if (format.fits?.(request) === false) {
      say(`Call ${number} cannot be written as ${plain(format.title)}.`);
      return 1;
    }
    if (!complete) say('Without its body, which is too long or not stored in full.');
    await print(`${format.write(request).trimEnd()}\n`);
    return 0;
  },
};

function read(dataDirectory: string, number: string): Promise<WholeExchange> {
  return withLog(dataDirectory, (log) => {
    const id = log.exchanges({ filter: `number:${number}`, limit: 1 }).rows[0]?.id;
    const exchange = id === undefined ? null : log.exchange(id);
    if (exchange === null) throw new ChannelError('not_found', `There is no call ${number} in the log.`);
    const body = (side: Side | ClientSide): PanelBody | null => {
      const stored = log.body(exchange.id, side);
      return stored === null ? null : toPanelBody(stored);
    };
    return {
      ...{ exchange, request: body('request'), response: body('response') },
      ...{ clientRequest: body('clientRequest'), clientResponse: body('clientResponse') },
    };
  });
}

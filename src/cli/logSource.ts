import type { BodyContent, GatewayApi } from '../shared/protocol.ts';
import { optionText, type OptionValues } from './command.ts';
import type { Places } from './places.ts';
import { withRunningGateway } from './runningGateway.ts';
import { withLog } from './withLog.ts';

type Answered<Result> = Result | Promise<Result>;

/** Where captured calls are read: the log itself, or as much of it as a token opens. */
export interface LogSource {
  exchanges(...asked: Parameters<GatewayApi['exchanges']>): Answered<Awaited<ReturnType<GatewayApi['exchanges']>>>;
  exchange(...asked: Parameters<GatewayApi['exchange']>): Answered<Awaited<ReturnType<GatewayApi['exchange']>>>;
  body(...asked: Parameters<GatewayApi['body']>): Answered<BodyContent | null>;
  trends(...asked: Parameters<GatewayApi['trends']>): Answered<Awaited<ReturnType<GatewayApi['trends']>>>;
  /** HAR 1.2, in pieces. */
  exportHar(filter: string): Answered<Iterable<string>>;
}

/** The option of commands that read the log. */
export const tokenOption = { token: { type: 'string' } } as const;

/** What `--help` says of it. */
export const tokenHelp = `  --token TOKEN  Ask the gateway that runs there instead of its file. A team’s token shows what is the team’s own
`;

/**
 * Reads the log of a data folder. With `--token`, or a team's token in `TOLLGATE_TOKEN`, the gateway that runs there is
 * asked instead, and tells what that token opens.
 */
export async function withLogSource<Result>(
  places: Places,
  options: OptionValues,
  use: (log: LogSource) => Promise<Result>,
): Promise<Result> {
  const isWhole = optionText(options, 'token') === undefined && process.env.TOLLGATE_TOKEN?.startsWith('tgt_') !== true;
  if (isWhole) return withLog(places.dataDirectory, use);
  return withRunningGateway(places, options, (api) =>
    use({
      exchanges: (query) => api.exchanges(query),
      exchange: (id) => api.exchange(id),
      body: async (id, side) => withBytes(await api.body(id, side)),
      trends: (query) => api.trends(query),
      exportHar: async (filter) => [await api.exportHar(filter)],
    }),
  );
}

/** Bytes come over HTTP as base64. */
function withBytes(body: BodyContent | null): BodyContent | null {
  if (body === null) return null;
  const bytes: unknown = body.bytes;
  return typeof bytes === 'string' ? { ...body, bytes: Buffer.from(bytes, 'base64') } : body;
}

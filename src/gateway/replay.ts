import { readFile } from 'node:fs/promises';
import { ChannelError } from '../shared/channel.ts';
import type { Exchange, ExchangeId, HeaderList } from '../shared/exchange.ts';
import type { BodyFile } from '../shared/protocol.ts';
import { redactionMark, wasRedacted } from '../shared/redacted.ts';
import { plain, text } from '../shared/text.ts';
import { ownInbound } from './ownInbound.ts';
import type { Recording, ResolvedApi } from './parts.ts';
import type { Proxy } from './proxyParts.ts';

/** Bytes of the longest body that is sent again: it is held in memory for that. */
const longest = 128 * 1024 * 1024;

/** Fields that belong to how a body was sent, not to what it says: it is stored decoded. */
const framing: ReadonlySet<string> = new Set([
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'connection',
  'expect',
]);

/**
 * Sends a stored exchange again. What redaction took out is left out, and the stored credential is put in. Resolves
 * once it is answered. Fails with `exchange_missing`, `api_missing`, `body_cut` or `body_redacted`.
 */
export async function replay(
  id: ExchangeId,
  recording: Pick<Recording, 'exchange' | 'body' | 'bodyFile'>,
  apis: ReadonlyMap<string, ResolvedApi>,
  proxy: Proxy,
): Promise<ExchangeId> {
  const exchange = await recording.exchange(id);
  if (exchange === null) throw new ChannelError('exchange_missing', plain(text('This call is no longer in the log.')));
  const api = apis.get(exchange.api ?? '');
  if (api === undefined)
    throw new ChannelError(
      'api_missing',
      plain(text('The API "{0}" is not declared in tollgate.jsonc.', exchange.api ?? exchange.host)),
    );
  const body = await storedBody(exchange, recording);
  const headers: HeaderList = exchange.request.headers.filter(
    ([name, value]) => !framing.has(name.toLowerCase()) && !wasRedacted(value),
  );
  const { inbound, reply, done } = ownInbound(exchange.method, exchange.request.path, headers, body);
  const path = withoutRedacted(exchange.request.path);
  const started = await proxy.send(inbound, reply, api, path, { replayOf: id, spends: true });
  await done;
  return started;
}

async function storedBody(exchange: Exchange, recording: Pick<Recording, 'body' | 'bodyFile'>): Promise<Buffer | null> {
  if (exchange.request.body.size === 0) return null;
  const content = await recording.body(exchange.id, 'request');
  if (content === null) return null;
  const body = content.truncated
    ? await longBody(await recording.bodyFile(exchange.id, 'request'))
    : Buffer.from(content.bytes.buffer, content.bytes.byteOffset, content.bytes.byteLength);
  if (body.includes(redactionMark))
    throw new ChannelError(
      'body_redacted',
      plain(text('A secret in this request’s body was not kept, so it cannot be sent again. Run the program again.')),
    );
  return body;
}

async function longBody(file: BodyFile | null): Promise<Buffer> {
  if (file?.whole !== true)
    throw new ChannelError(
      'body_cut',
      plain(text('The log keeps only a beginning of this request’s body, so it cannot be sent again.')),
    );
  if (file.size > longest)
    throw new ChannelError(
      'body_cut',
      plain(text('This request’s body is too long to be sent again from here. Save it, and send it with a program.')),
    );
  return readFile(file.path);
}

/** A query without the parameters whose values were not kept. */
function withoutRedacted(path: string): string {
  const [base = '', query] = path.split(/\?(.*)/s);
  if (query === undefined) return path;
  const kept = query.split('&').filter((pair) => !wasRedacted(pair));
  return kept.length === 0 ? base : `${base}?${kept.join('&')}`;
}

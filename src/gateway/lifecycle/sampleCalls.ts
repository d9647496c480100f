import type { ExchangeId } from '../../shared/exchange.ts';
import type { SampleCall } from '../../shared/lifecycle.ts';
import type { BodyContent, ExchangePage, ExchangeQuery, Side } from '../../shared/protocol.ts';

/** A log, whether it is asked across a thread's line or read from its file. */
export interface CallSource {
  exchanges(query: ExchangeQuery): ExchangePage | Promise<ExchangePage>;
  body(id: ExchangeId, side: Side): BodyContent | null | Promise<BodyContent | null>;
}

/** The newest calls tell what an API is like now. */
const mostCalls = 500;
const decoder = new TextDecoder();

/** What the log has of an API, to infer its description from; `filter` narrows it. Fails with `bad_filter`. */
export async function sampleCalls(log: CallSource, api: string, filter: string): Promise<readonly SampleCall[]> {
  const own = `api:${api} state:complete has:status -has:simulated`;
  const { rows } = await log.exchanges({
    filter: filter.trim() === '' ? own : `${own} (${filter})`,
    limit: mostCalls,
  });
  const calls: SampleCall[] = [];
  for (const { id, method, path, status, contentType } of rows) {
    if (status === null) continue;
    const [request, response] = await Promise.all([log.body(id, 'request'), log.body(id, 'response')]);
    calls.push({
      ...{ method, path, status },
      requestType: request?.contentType ?? null,
      responseType: contentType,
      requestBody: wholeText(request),
      responseBody: wholeText(response),
    });
  }
  return calls;
}

function wholeText(body: BodyContent | null): string | null {
  if (body === null || body.truncated || body.decodeError !== null || body.bytes.byteLength === 0) return null;
  return decoder.decode(body.bytes);
}

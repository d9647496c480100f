import { headerValue, type BodyInfo, type ExchangeSummary } from '../../shared/exchange.ts';
import type { Change, ClientSide, ClientStages, StageHead } from '../../shared/stages.ts';
import { bodyInfo, createBodyCollector, type BodyCollector } from './bodyCollector.ts';

/** The client's side of an exchange while its events come in. Secrets are still in it. */
export interface OpenStages {
  request: Stage<'clientRequest'> | null;
  response: Stage<'clientResponse'> | null;
  readonly changes: Change[];
}

interface Stage<S extends ClientSide> {
  readonly head: StageHead & { readonly side: S };
  readonly body: BodyCollector;
}

/** Begins one of the two; `limit` is how much is kept of its body. */
export function beginStage(stages: OpenStages, head: StageHead, limit: number): void {
  const body = createBodyCollector(headerValue(head.headers, 'content-encoding') ?? null, limit);
  if (head.side === 'clientRequest') stages.request = { head, body };
  else stages.response = { head, body };
}

export function stageBody(stages: OpenStages | null, side: ClientSide): BodyCollector | null {
  return (side === 'clientRequest' ? stages?.request?.body : stages?.response?.body) ?? null;
}

/** The client's side as it is now; null where nothing was changed. `stored` is how much the store keeps of each body. */
export function toClientStages(
  { request, response, changes }: OpenStages,
  ended: boolean,
  stored: Readonly<Record<ClientSide, number>>,
): ClientStages | null {
  if (request === null || changes.length === 0) return null;
  const sized = ({ head, body }: Stage<ClientSide>): BodyInfo =>
    bodyInfo(head.headers, ended ? body.received : Math.max(1, body.received), stored[head.side], body);
  const { method, path, httpVersion, headers } = request.head;
  return {
    request: { ...{ method, path, httpVersion, headers }, body: sized(request) },
    response: response === null ? null : toResponse(response, sized(response)),
    changes,
  };
}

function toResponse({ head }: Stage<'clientResponse'>, body: BodyInfo): ClientStages['response'] {
  const { status, reason, httpVersion, headers } = head;
  return { status, reason, httpVersion, headers, trailers: [], body };
}

/** What a summary tells of the changes. */
export function changed(stages: OpenStages | null): Pick<ExchangeSummary, 'route' | 'cache'> {
  const alias = stages?.changes.find((one) => one.kind === 'alias')?.alias;
  const cache = stages?.changes.findLast((one) => one.kind === 'cache')?.state;
  return { ...(alias === undefined ? {} : { route: alias }), ...(cache === undefined ? {} : { cache }) };
}

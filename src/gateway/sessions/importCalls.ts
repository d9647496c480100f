import path from 'node:path';
import { diagnose } from '../../rules/index.ts';
import { ChannelError } from '../../shared/channel.ts';
import type { ExchangeId } from '../../shared/exchange.ts';
import type { ImportProblem, ImportedSession } from '../../shared/sessions.ts';
import { plain, text, type Text } from '../../shared/text.ts';
import type { Pricing } from '../cost/pricing.ts';
import { amended, type Redactor } from '../redact/redactor.ts';
import { createBodyCollector } from '../store/bodyCollector.ts';
import { savingAtEnd } from '../store/concluded.ts';
import { openExchange } from '../store/openExchange.ts';
import type { Saving, Store } from '../store/store.ts';
import { fileText } from './fileText.ts';
import type { ReadCall } from './harCall.ts';
import { readHar, type ReadItem } from './readHar.ts';
import { readSession, type SavedCall } from './readSession.ts';
import type { SavedBody } from './sessionSchema.ts';

/** Calls that are saved in one transaction. */
const batchSize = 200;
/** Bytes of bodies after which a batch is saved, however few calls it has. */
const batchBytes = 8 * 1024 * 1024;

export interface ImportOptions {
  readonly file: string;
  /** Of the session: exchanges are named after it. */
  readonly id: string;
  readonly folder: string | null;
  readonly store: Pick<Store, 'save'>;
  readonly redactor: Redactor;
  readonly pricing: Pricing;
  readonly bodyLimit: number;
  readonly signal: AbortSignal;
  readonly onRead: (bytes: number) => void;
}

/** Reads a file of calls into a store. Fails with `not_a_session` where it holds none, and with `cancelled`. */
export async function importCalls(options: ImportOptions): Promise<ImportedSession> {
  const { file, id, store, signal } = options;
  const problems = new Map<string, ImportProblem>();
  const note = (message: Text, ordinal: number | null): void => {
    const known = problems.get(plain(message));
    problems.set(plain(message), { message, count: (known?.count ?? 0) + 1, first: known?.first ?? ordinal });
  };
  const onCut = (): void => note(text('The file ends early; what it broke off in is left out'), null);
  const pieces = withFirst(fileText(file, options.onRead, onCut));
  const first = await pieces.first;
  const kind = /^\s*\{\s*"tollgate"\s*:\s*"session"/.test(first) ? 'session' : 'har';
  const idOf = (ordinal: number): ExchangeId => `${id}-${String(ordinal).padStart(7, '0')}` as ExchangeId;
  const items: AsyncIterable<ReadItem<ReadCall | SavedCall>> =
    kind === 'session' ? readSession(pieces.all(), idOf, options.folder) : readHar(pieces.all(), idOf);

  let creator: string | null = null;
  let calls = 0;
  let batch: Saving[] = [];
  let bytes = 0;
  const flush = (): void => {
    if (batch.length > 0) store.save(batch);
    calls += batch.length;
    batch = [];
    bytes = 0;
  };
  for await (const item of items) {
    if (signal.aborted) throw new ChannelError('cancelled', 'The import was broken off.');
    if (item.kind === 'creator') creator = item.creator;
    else if (item.kind === 'problem') note(item.message, item.ordinal);
    else {
      const saving =
        'begin' in item.call ? await toSaving(item.call, options) : savedAgain(item.call, options.redactor);
      batch.push(saving);
      bytes += (saving.request?.content.bytes.length ?? 0) + (saving.response?.content.bytes.length ?? 0);
      if (batch.length >= batchSize || bytes >= batchBytes) flush();
    }
  }
  flush();
  const told = [...problems.values()];
  if (calls === 0)
    throw new ChannelError(
      'not_a_session',
      `${path.basename(file)} has no calls to show. ${told.map(({ message }) => `${plain(message)}.`).join(' ')}`.trim(),
    );
  return { id, name: path.basename(file), kind, creator, calls, problems: told };
}

/** As a call that has just ended: redacted, diagnosed and priced. */
async function toSaving(call: ReadCall, { redactor, pricing, bodyLimit }: ImportOptions): Promise<Saving> {
  const open = openExchange(call.begin, { limit: bodyLimit });
  // Files have bodies decoded, whatever the header says.
  open.requestBody = createBodyCollector(null, bodyLimit);
  open.requestBody.write(call.request.bytes);
  if (call.response !== null) {
    open.response = call.response;
    open.responseBody = createBodyCollector(null, bodyLimit);
    open.responseBody.write(call.answer.bytes);
  }
  open.end = call.end;
  await Promise.all([open.requestBody.finish(), open.responseBody?.finish()]);
  await pricing.wait(call.answer.bytes, '');
  const saving = savingAtEnd(open, redactor, diagnose, pricing);
  return { ...saving, exchange: amended(saving.exchange, { callSite: call.callSite }) };
}

/** Redacted once more: whoever made the file may have redacted less. */
function savedAgain({ exchange, bodies }: SavedCall, redactor: Redactor): Saving {
  const toSave = (body: SavedBody | undefined, contentType: string | null, cut: boolean): Saving['request'] =>
    body === undefined
      ? undefined
      : {
          content: redactor.body(
            Buffer.from(body.text ?? body.base64 ?? '', body.text === undefined ? 'base64' : 'utf8'),
            contentType,
            cut,
          ),
          decodeError: body.decodeError,
        };
  const { request, response, stages } = exchange;
  return {
    number: null,
    exchange: redactor.exchange(exchange),
    request: toSave(
      bodies.request ?? { text: '', decodeError: null },
      request.body.contentType,
      request.body.truncated,
    ),
    response: toSave(bodies.response, response?.body.contentType ?? null, response?.body.truncated ?? false),
    clientRequest: toSave(bodies.clientRequest, stages?.request.body.contentType ?? null, true),
    clientResponse: toSave(bodies.clientResponse, stages?.response?.body.contentType ?? null, true),
  };
}

/** The first piece, and then all. */
function withFirst(pieces: AsyncGenerator<string>): { readonly first: Promise<string>; all(): AsyncGenerator<string> } {
  const next = pieces.next();
  return {
    first: next.then((begun) => (begun.done === true ? '' : begun.value)),
    all: async function* () {
      const begun = await next;
      if (begun.done === true) return;
      yield begun.value;
      yield* pieces;
    },
  };
}

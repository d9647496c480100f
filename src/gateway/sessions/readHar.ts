import type { ExchangeId } from '../../shared/exchange.ts';
import { text, type Text } from '../../shared/text.ts';
import { createEntryTexts } from './entryTexts.ts';
import { harCall, type ReadCall } from './harCall.ts';
import { harEntrySchema } from './harEntry.ts';
import { parseLoose } from './parseLoose.ts';

/** What reading a file brings, call by call. */
export type ReadItem<Call> =
  | { readonly kind: 'call'; readonly call: Call; readonly ordinal: number }
  | { readonly kind: 'problem'; readonly message: Text; readonly ordinal: number | null }
  | { readonly kind: 'creator'; readonly creator: string };

/** Reads HAR from any tool; whatever is not understood is left out and told. Gives nothing but a problem for no HAR. */
export async function* readHar(
  pieces: AsyncIterable<string>,
  idOf: (ordinal: number) => ExchangeId,
): AsyncGenerator<ReadItem<ReadCall>> {
  const texts = createEntryTexts();
  let ordinal = 0;
  let previous = 0;
  let isNamed = false;
  for await (const piece of pieces) {
    for (const entry of texts.push(piece)) {
      ordinal++;
      const read = readEntry(entry, idOf(ordinal), previous);
      if (read.mended) yield { kind: 'problem', message: text('It is not quite JSON, and was mended'), ordinal };
      if ('begin' in read.result) {
        previous = read.result.begin.startedAt;
        yield { kind: 'call', call: read.result, ordinal };
      } else yield { kind: 'problem', message: read.result, ordinal };
    }
    if (isNamed || texts.state === 'none') continue;
    isNamed = true;
    const creator = creatorIn(texts.head);
    if (creator !== null) yield { kind: 'creator', creator };
  }
  if (texts.state === 'none')
    yield { kind: 'problem', message: text('The file has no calls: it is no HAR'), ordinal: null };
  if (texts.state === 'cut')
    yield { kind: 'problem', message: text('The file ends early; what it broke off in is left out'), ordinal: null };
}

function readEntry(
  source: string,
  id: ExchangeId,
  previous: number,
): { readonly result: ReadCall | Text; readonly mended: boolean } {
  const parsed = parseLoose(source);
  if (parsed === undefined) return { result: text('It is damaged: no JSON'), mended: false };
  const entry = harEntrySchema.safeParse(parsed.value);
  if (!entry.success) return { result: text('It has no request, or no address'), mended: false };
  return { result: harCall(entry.data, id, previous), mended: parsed.mended };
}

/** As in `"creator": {"name": "WebInspector", "version": "537.36"}`; a browser says more than its tool. */
function creatorIn(head: string): string | null {
  const said = (member: string): string | null => {
    const inner = new RegExp(`"${member}"\\s*:\\s*\\{([^{}]*)\\}`).exec(head)?.[1];
    const value = (name: string): string =>
      new RegExp(`"${name}"\\s*:\\s*"([^"\\\\]{1,80})"`).exec(inner ?? '')?.[1] ?? '';
    return inner === undefined ? null : `${value('name')} ${value('version')}`.trim() || null;
  };
  return said('browser') ?? said('creator');
}

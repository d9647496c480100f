import { headerValue, type Exchange } from '../shared/exchange.ts';
import { text, type Text } from '../shared/text.ts';
import { moment } from './step.ts';

/** Something that differs between two calls, in a sentence. `weighty` where it may well be why. */
export interface Change {
  readonly sentence: Text;
  readonly weighty: boolean;
}

/** A call with its request's body as text, or null where that is unknown or binary. */
export interface CallWithBody {
  readonly exchange: Exchange;
  readonly body: string | null;
}

/** What is different in the first refused call from the last that was served. */
export function changesBetween(served: CallWithBody, refused: CallWithBody): readonly Change[] {
  const [before, after] = [served.exchange, refused.exchange];
  const [was, is] = [readBody(served.body), readBody(refused.body)];
  const changes: Change[] = [];
  const note = (sentence: Text, weighty = true): void => void changes.push({ sentence, weighty });
  const compare = (
    one: string | number | null | undefined,
    other: string | number | null | undefined,
    say: (one: string | number, other: string | number) => Text,
    weighty = true,
  ): void => {
    if ((one ?? null) !== (other ?? null)) note(say(one ?? '–', other ?? '–'), weighty);
  };
  compare(before.model, after.model, (a, b) => text('The model changed from {0} to {1}.', a, b));
  compare(was.maxTokens, is.maxTokens, (a, b) => text('The tokens asked for changed from {0} to {1}.', a, b));
  if (was.messages !== undefined && is.messages !== undefined)
    compare(was.messages, is.messages, (a, b) => text('The number of messages changed from {0} to {1}.', a, b), false);
  compare(was.stream, is.stream, (a, b) => text('Streaming changed from {0} to {1}.', a, b), false);
  compare(before.host, after.host, (a, b) => text('The host changed from {0} to {1}.', a, b));
  compare(bare(before.path), bare(after.path), (a, b) => text('The path changed from {0} to {1}.', a, b));
  compare(
    before.callSite?.file === after.callSite?.file ? before.callSite?.line : null,
    before.callSite?.file === after.callSite?.file ? after.callSite?.line : null,
    (a, b) => text('The line moved from {0} to {1}.', a, b),
    false,
  );
  const sizes = [before.requestSize, after.requestSize] as const;
  if (Math.max(...sizes) > 1024 && Math.max(...sizes) > 1.5 * Math.min(...sizes))
    note(text('The request’s size changed from {0} to {1} bytes.', ...sizes));
  const credential = credentialChange(before, after);
  if (credential !== null) note(credential);
  compare(
    headerValue(before.request.headers, 'user-agent'),
    headerValue(after.request.headers, 'user-agent'),
    (a, b) => text('The client changed from {0} to {1}.', a, b),
    false,
  );
  return changes;
}

/** The file of the call was saved after the last call that was served. */
export function savedSince(file: string, savedAt: number): Change {
  return { sentence: text('{0} was last saved at {1}, after that.', file, moment(savedAt)), weighty: false };
}

function credentialChange(before: Exchange, after: Exchange): Text | null {
  if (before.credentialInjected !== after.credentialInjected)
    return after.credentialInjected
      ? text('The credential is now Tollgate’s; before, the program sent its own.')
      : text('The program now sends a credential of its own; before, Tollgate put one in.');
  const [one, other] = [before.ownCredential?.fingerprint ?? null, after.ownCredential?.fingerprint ?? null];
  return one !== null && other !== null && one !== other ? text('The program sends another key than before.') : null;
}

interface BodyFacts {
  readonly maxTokens?: number | undefined;
  readonly messages?: number | undefined;
  readonly stream?: string | undefined;
}

/** What bodies of the usual dialects tell of their size. */
function readBody(body: string | null): BodyFacts {
  const json = parse(body);
  if (json === null) return {};
  const generation = isRecord(json.generationConfig) ? json.generationConfig : {};
  const limits = [json.max_tokens, json.max_completion_tokens, json.max_output_tokens, generation.maxOutputTokens];
  const lists = [json.messages, json.contents, json.input];
  return {
    maxTokens: limits.find((one) => typeof one === 'number'),
    messages: lists.find((one) => Array.isArray(one))?.length,
    stream: typeof json.stream === 'boolean' ? String(json.stream) : undefined,
  };
}

function parse(body: string | null): Readonly<Record<string, unknown>> | null {
  try {
    const json: unknown = JSON.parse(body ?? '');
    return isRecord(json) ? json : null;
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bare(path: string): string {
  return path.split('?', 1)[0] ?? '';
}

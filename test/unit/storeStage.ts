import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CaptureEvent, Recording, RedactionRules } from '../../src/gateway/parts.ts';
import type { RecordingProblem } from '../../src/gateway/store/problem.ts';
import { openRecording } from '../../src/gateway/store/recording.ts';
import type { ExchangeId, ExchangeState, ExchangeSummary, Failure, HeaderList } from '../../src/shared/exchange.ts';
import { defaultSettings, type GatewaySettings } from '../../src/shared/settings.ts';

export const noRules: RedactionRules = { headers: [], query: [], patterns: [], values: [] };

/** A folder that is removed with `remove`. */
export interface Folder {
  readonly path: string;
  remove(): void;
}

export function makeFolder(): Folder {
  const folder = mkdtempSync(path.join(tmpdir(), 'tollgate-store-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 }) };
}

/** A real recording over a real store, and what it told. */
export interface Stage {
  readonly recording: Recording;
  readonly problems: RecordingProblem[];
  readonly rows: ExchangeSummary[];
}

export async function openStage(
  folder: string,
  settings: Partial<GatewaySettings> = {},
  redaction: Partial<RedactionRules> = {},
): Promise<Stage> {
  const recording = await openRecording({
    dataDirectory: folder,
    spool: path.join(folder, 'spool'),
    settings: { ...defaultSettings, ...settings },
    redaction: { ...noRules, ...redaction },
  });
  const problems: RecordingProblem[] = [];
  const rows: ExchangeSummary[] = [];
  recording.onProblem((problem) => problems.push(problem));
  recording.onChanged((changed) => rows.push(...changed));
  return { recording, problems, rows };
}

/** One call, as far as a test cares. */
export interface Call {
  readonly id?: string;
  readonly startedAt?: number;
  readonly api?: string | null;
  readonly provider?: string | null;
  readonly method?: string;
  readonly url?: string;
  readonly requestHeaders?: HeaderList;
  readonly request?: string | Uint8Array;
  readonly status?: number;
  readonly responseHeaders?: HeaderList;
  readonly trailers?: HeaderList;
  /** Several pieces arrive one by one. */
  readonly response?: string | Uint8Array | readonly Uint8Array[];
  readonly state?: Exclude<ExchangeState, 'open'>;
  readonly failure?: Failure;
}

let count = 0;

/** The events of one call, in order. */
export function eventsOf(call: Call = {}): CaptureEvent[] {
  const id = (call.id ?? `call-${String(++count).padStart(6, '0')}`) as ExchangeId;
  const url = new URL(call.url ?? 'https://api.example.com/v1/things');
  const request = piecesOf(call.request ?? '');
  const response = piecesOf(call.response ?? '');
  const size = (pieces: readonly Uint8Array[]): number => pieces.reduce((sum, piece) => sum + piece.length, 0);
  return [
    {
      type: 'begin',
      id,
      startedAt: call.startedAt ?? Date.now(),
      api: call.api === undefined ? 'things' : call.api,
      provider: call.provider ?? null,
      url: url.href,
      method: call.method ?? 'POST',
      path: url.pathname + url.search,
      clientPath: `/things${url.pathname}${url.search}`,
      httpVersion: '1.1',
      headers: call.requestHeaders ?? [['Content-Type', 'application/json']],
      client: { port: 40_000, ordinal: ++count },
      credentialInjected: false,
      replayOf: null,
      simulated: false,
    },
    ...request.map((bytes) => ({ type: 'requestData', id, bytes }) as const),
    {
      type: 'response',
      id,
      status: call.status ?? 200,
      reason: 'OK',
      httpVersion: '1.1',
      headers: call.responseHeaders ?? [['Content-Type', 'application/json']],
    },
    ...response.map((bytes) => ({ type: 'responseData', id, bytes }) as const),
    {
      type: 'end',
      id,
      state: call.state ?? 'complete',
      timing: { queue: 1, connect: 2, tls: 3, firstByte: 40, download: 5, total: 51 },
      failure: call.failure ?? null,
      trailers: call.trailers ?? [],
      requestSize: size(request),
      responseSize: size(response),
    },
  ];
}

/** Records a whole call. @returns its id. */
export function record(recording: Recording, call: Call = {}): ExchangeId {
  const events = eventsOf(call);
  for (const event of events) recording.record(event);
  return idOf(events);
}

export function idOf([event]: readonly CaptureEvent[]): ExchangeId {
  if (event === undefined) throw new Error('There is no event to tell the id from.');
  return event.id;
}

function piecesOf(body: string | Uint8Array | readonly Uint8Array[]): readonly Uint8Array[] {
  if (typeof body === 'string') return body === '' ? [] : [Buffer.from(body)];
  return body instanceof Uint8Array ? [body] : body;
}

/** A body of the store as text; undefined where there is none. */
export async function bodyText(
  recording: Recording,
  id: ExchangeId,
  side: 'request' | 'response',
): Promise<string | undefined> {
  const body = await recording.body(id, side);
  return body === null ? undefined : Buffer.from(body.bytes).toString('utf8');
}

import * as z from 'zod';
import type { Exchange, FailureCode, TokenKinds } from '../../shared/exchange.ts';
import { causes, parties, type Facts } from '../../shared/finding.ts';
import type { Change } from '../../shared/stages.ts';
import { callSiteSchema } from './callSiteSchema.ts';

const text = z.string();
const known = z.number().nullable().catch(null);
const headers = z.array(z.tuple([text, text]));
const body = z.object({
  size: z.number().min(0),
  stored: z.number().min(0),
  truncated: z.boolean(),
  contentType: text.nullable(),
  encoding: text.nullable(),
});
const requestHead = z.object({ method: text, path: text, httpVersion: text, headers, body });
const responseHead = z.object({ status: z.int(), reason: text, httpVersion: text, headers, trailers: headers, body });
const sentence = z.object({ message: text, args: z.array(z.union([text, z.number()])) });

const diagnosis = z.object({
  rule: text,
  cause: z.enum(causes),
  alternatives: z.array(z.enum(causes)).catch([]),
  responsibleParty: z.enum(parties),
  confidence: z.number(),
  summary: sentence,
  evidence: z
    .array(z.object({ source: z.enum(['request', 'status', 'header', 'body', 'trailer']), path: text, quote: text }))
    .catch([]),
  retry: z.object({ helps: z.boolean(), afterSeconds: z.number().nullable() }),
  facts: z.custom<Facts>((value) => typeof value === 'object' && value !== null).catch({}),
});

const usage = z.object({
  model: text.nullable(),
  ...{ inputTokens: z.number(), outputTokens: z.number(), cacheReadTokens: z.number(), cacheWriteTokens: z.number() },
  reasoningTokens: z.number(),
  kinds: z.custom<TokenKinds>((value) => typeof value === 'object' && value !== null).optional(),
  guessed: z.literal(true).optional(),
});

const origin = z.object({
  pid: known,
  ...{ program: text.nullable(), session: text.nullable(), run: text.nullable(), test: text.nullable() },
  trace: text.nullable(),
});

/** What is not known of a change is not shown of it. */
function isChange(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value && typeof value.kind === 'string';
}

const stages = z.object({
  request: requestHead,
  response: responseHead.nullable(),
  changes: z.array(z.custom<Change>(isChange)),
});

const exchange = z.object({
  ...{ startedAt: z.number(), api: text.nullable(), provider: text.nullable(), method: text, host: text, path: text },
  state: z.enum(['open', 'complete', 'aborted', 'failed']),
  ...{ status: z.int().nullable(), requestSize: z.number(), responseSize: z.number(), duration: known },
  ...{ contentType: text.nullable(), model: text.nullable(), url: text },
  callSite: callSiteSchema.nullable().catch(null),
  origin: origin.nullable().optional().catch(null),
  diagnosis: diagnosis.nullable().catch(null),
  ...{
    simulated: z.boolean(),
    usage: usage.nullable().catch(null),
    costUsd: known,
    costEstimated: z.boolean().catch(true),
  },
  ...{ operation: text.optional(), application: text.optional(), route: text.optional() },
  cache: z.enum(['hit', 'miss', 'bypass']).optional().catch(undefined),
  ...{ request: requestHead, response: responseHead.nullable() },
  timing: z.object({ queue: known, connect: known, tls: known, firstByte: known, download: known, total: known }),
  failure: z
    .object({ code: z.custom<FailureCode>((value) => typeof value === 'string'), message: text, hint: text })
    .nullable()
    .catch(null),
  credentialInjected: z.boolean().catch(false),
  stages: stages.optional().catch(undefined),
});

/** A body in a session file: as text where it is text, else in base64. */
const savedBody = z.object({
  text: text.optional(),
  base64: text.optional(),
  decodeError: text.nullable().catch(null),
});

/** One line of a session file, after the first: an exchange and its bodies. */
export const sessionLineSchema = z.object({
  exchange,
  bodies: z
    .object({ request: savedBody, response: savedBody, clientRequest: savedBody, clientResponse: savedBody })
    .partial()
    .catch({}),
});
export type SessionLine = Readonly<z.infer<typeof sessionLineSchema>>;
export type SavedBody = Readonly<z.infer<typeof savedBody>>;

/** The first line of a session file. */
export const sessionHeadSchema = z.object({
  tollgate: z.literal('session'),
  version: z.int(),
  savedAt: text.catch(''),
  by: text.catch('Tollgate'),
});

/** The version of session files that this code writes; it reads older ones and refuses newer ones. */
export const sessionVersion = 1;

/** The exchange of a line. What names other exchanges, or somebody's machine, is not in it. */
export function exchangeOf({ exchange: read }: SessionLine, id: Exchange['id']): Exchange {
  return {
    ...(Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined)) as typeof read),
    ...{ id, number: 0, replayOf: null, client: { port: 0, ordinal: 0, pid: null } },
  } as Exchange;
}

import * as z from 'zod';
import { callSiteSchema } from './callSiteSchema.ts';

/** A text where one is expected; numbers and truth values are taken as they are written. */
const text = z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]).catch('');
const optionalText = z.string().optional().catch(undefined);
/** -1 is how HAR says that something is not known or did not happen. */
const measure = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\s*-?\d/)
      .transform(Number),
  ])
  .transform((value) => (Number.isFinite(value) && value >= 0 ? value : null))
  .catch(null);

const pair = z.object({ name: text, value: text });
/** Some tools write an object where HAR has a list of pairs. */
const pairs = z
  .preprocess(
    (value) =>
      typeof value === 'object' && value !== null && !Array.isArray(value)
        ? Object.entries(value).map(([name, one]) => ({ name, value: one as unknown }))
        : value,
    z.array(pair.catch({ name: '', value: '' })),
  )
  .catch([]);

const message = z.object({
  type: text,
  opcode: z.number().catch(1),
  data: text,
});
const event = z.object({ eventName: text, eventId: text, data: text });

const bodyText = { mimeType: text, text: optionalText, encoding: optionalText, _encoding: optionalText };
const response = z.object({
  status: z.union([z.number(), z.string().transform(Number)]).catch(0),
  statusText: text,
  httpVersion: text,
  headers: pairs,
  content: z
    .object({ ...bodyText, size: measure })
    .catch({ mimeType: '', text: undefined, encoding: undefined, _encoding: undefined, size: null }),
  bodySize: measure,
  _error: optionalText,
});

/** One entry of a HAR file, by whatever tool, as far as it is understood. Sizes in bytes, times in milliseconds. */
export const harEntrySchema = z.object({
  startedDateTime: z.union([z.string(), z.number()]).catch(''),
  time: measure,
  request: z.object({
    method: text,
    url: z.string().min(1),
    httpVersion: text,
    headers: pairs,
    postData: z
      .object({
        ...bodyText,
        params: z.array(z.object({ name: text, value: text, fileName: text, contentType: text })).catch([]),
      })
      .optional()
      .catch(undefined),
    bodySize: measure,
  }),
  response: response.nullable().optional().catch(null),
  timings: z
    .object({
      blocked: measure,
      dns: measure,
      connect: measure,
      ssl: measure,
      send: measure,
      wait: measure,
      receive: measure,
    })
    .catch({ blocked: null, dns: null, connect: null, ssl: null, send: null, wait: null, receive: null }),
  _error: optionalText,
  _webSocketMessages: z
    .array(message.catch({ type: '', opcode: 1, data: '' }))
    .optional()
    .catch(undefined),
  _eventSourceMessages: z
    .array(event.catch({ eventName: '', eventId: '', data: '' }))
    .optional()
    .catch(undefined),
  /** What Tollgate's own export has beyond HAR. */
  _tollgate: z
    .object({
      api: z.string().nullable().catch(null),
      state: z.enum(['open', 'complete', 'aborted', 'failed']).optional().catch(undefined),
      simulated: z.boolean().catch(false),
      credentialInjected: z.boolean().catch(false),
      requestTruncated: z.boolean().catch(false),
      responseTruncated: z.boolean().catch(false),
      callSite: callSiteSchema.nullable().catch(null),
      failure: z.object({ message: z.string(), hint: z.string() }).nullable().catch(null),
    })
    .optional()
    .catch(undefined),
});
export type HarEntry = Readonly<z.infer<typeof harEntrySchema>>;

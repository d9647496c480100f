/**
 * HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/) as JSON schema, strict about what the specification requires,
 * its types and its formats; members of one's own begin with an underscore.
 */
const named = {
  type: 'object',
  required: ['name', 'value'],
  properties: { name: { type: 'string' }, value: { type: 'string' }, comment: { type: 'string' } },
};
const moment = {
  type: 'string',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$',
};
const size = { type: 'integer', minimum: -1 };
const phase = { type: 'number', minimum: -1 };
const own = { '^_': {} };
const cookie = {
  type: 'object',
  required: ['name', 'value'],
  properties: {
    ...{ name: { type: 'string' }, value: { type: 'string' }, path: { type: 'string' }, domain: { type: 'string' } },
    ...{ expires: { type: ['string', 'null'] }, httpOnly: { type: 'boolean' }, secure: { type: 'boolean' } },
  },
};
const content = {
  type: 'object',
  required: ['size', 'mimeType'],
  properties: {
    ...{ size: { type: 'integer', minimum: 0 }, compression: { type: 'integer' }, mimeType: { type: 'string' } },
    ...{ text: { type: 'string' }, encoding: { type: 'string' }, comment: { type: 'string' } },
  },
  patternProperties: own,
  additionalProperties: false,
};
const postData = {
  type: 'object',
  required: ['mimeType'],
  properties: {
    ...{ mimeType: { type: 'string' }, text: { type: 'string' }, comment: { type: 'string' } },
    params: { type: 'array', items: { type: 'object', required: ['name'] } },
  },
  patternProperties: own,
  additionalProperties: false,
};
const message = {
  ...{ httpVersion: { type: 'string' }, cookies: { type: 'array', items: cookie } },
  ...{ headers: { type: 'array', items: named }, headersSize: size, bodySize: size, comment: { type: 'string' } },
};
const entry = {
  type: 'object',
  required: ['startedDateTime', 'time', 'request', 'response', 'cache', 'timings'],
  properties: {
    ...{ startedDateTime: moment, time: { type: 'number', minimum: 0 }, pageref: { type: 'string' } },
    ...{ serverIPAddress: { type: 'string' }, connection: { type: 'string' }, comment: { type: 'string' } },
    request: {
      type: 'object',
      required: ['method', 'url', 'httpVersion', 'cookies', 'headers', 'queryString', 'headersSize', 'bodySize'],
      properties: {
        ...message,
        ...{ method: { type: 'string' }, url: { type: 'string', pattern: '^https?://' }, postData },
        queryString: { type: 'array', items: named },
      },
      patternProperties: own,
      additionalProperties: false,
    },
    response: {
      type: 'object',
      required: [
        'status',
        'statusText',
        'httpVersion',
        'cookies',
        'headers',
        'content',
        'redirectURL',
        'headersSize',
        'bodySize',
      ],
      properties: {
        ...message,
        ...{ status: { type: 'integer' }, statusText: { type: 'string' }, content, redirectURL: { type: 'string' } },
      },
      patternProperties: own,
      additionalProperties: false,
    },
    cache: { type: 'object' },
    timings: {
      type: 'object',
      required: ['send', 'wait', 'receive'],
      properties: {
        ...{ blocked: phase, dns: phase, connect: phase, ssl: phase },
        ...{
          send: { type: 'number', minimum: 0 },
          wait: { type: 'number', minimum: 0 },
          receive: { type: 'number', minimum: 0 },
        },
      },
    },
  },
  patternProperties: own,
  additionalProperties: false,
};
const tool = {
  type: 'object',
  required: ['name', 'version'],
  properties: { name: { type: 'string' }, version: { type: 'string' } },
};

export const harSchema = {
  type: 'object',
  required: ['log'],
  properties: {
    log: {
      type: 'object',
      required: ['version', 'creator', 'entries'],
      properties: { version: { const: '1.2' }, creator: tool, browser: tool, entries: { type: 'array', items: entry } },
    },
  },
};

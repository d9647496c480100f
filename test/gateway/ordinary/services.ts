import { gzipSync } from 'node:zlib';
import { json, type Answering } from './answering.ts';
import { prose } from './prose.ts';

/** Stripe in health: what failed are its customers' charges, told with 200. */
export const stripe: Answering = ({ method, path, body, random }, response) => {
  const failed = {
    id: 'ch_1',
    object: 'charge',
    status: 'failed',
    failure_code: 'card_declined',
    failure_message: 'Your card has insufficient funds.',
    outcome: { reason: 'insufficient_funds', type: 'issuer_declined', seller_message: prose(random) },
  };
  if (path.startsWith('/v1/charges'))
    json(response, 200, {
      object: 'list',
      url: '/v1/charges',
      has_more: !path.includes('starting_after'),
      data: [failed],
    });
  else if (path.startsWith('/v1/subscriptions/'))
    json(response, 200, { id: 'sub_1', object: 'subscription', status: 'past_due', cancel_at_period_end: true });
  else if (path.startsWith('/v1/events'))
    json(response, 200, {
      object: 'list',
      has_more: false,
      data: [{ id: 'evt_1', object: 'event', type: 'invoice.payment_failed', data: { object: failed } }],
    });
  else if (path.startsWith('/v1/customers/gone'))
    json(response, 404, {
      error: {
        code: 'resource_missing',
        doc_url: 'https://stripe.com/docs/error-codes/resource-missing',
        message: "No such customer: 'gone'",
        param: 'id',
        type: 'invalid_request_error',
      },
    });
  else if (method === 'POST' && path.startsWith('/v1/payment_intents') && body.amount === undefined)
    json(response, 400, {
      error: {
        code: 'parameter_missing',
        message: 'Missing required param: amount.',
        param: 'amount',
        type: 'invalid_request_error',
      },
    });
  else if (path.startsWith('/v1/balance'))
    json(response, 200, { object: 'balance', available: [{ amount: -402, currency: 'usd' }], pending: [] });
  else json(response, 200, { id: 'cus_1', object: 'customer', balance: -500, delinquent: true });
};

/** A service of one's own, with all that such a service ordinarily answers. */
export const own: Answering = (asked, response) => {
  const { method, path, headers, random } = asked;
  const name = path.split('?')[0]?.split('/').at(-1) ?? '';
  if (method === 'OPTIONS') {
    response.writeHead(204, { 'Access-Control-Allow-Origin': '*', 'Access-Control-Allow-Methods': 'GET, POST' }).end();
    return;
  }
  if (name === 'page' && headers['if-none-match'] === '"v1"') {
    response.writeHead(304, { ETag: '"v1"' }).end();
    return;
  }
  const plain = answers[name];
  if (plain !== undefined) json(response, plain.status, plain.body, plain.headers ?? {});
  else if (name === 'page')
    response
      .writeHead(200, { 'Content-Type': 'text/html', ETag: '"v1"' })
      .end(`<html><title>Payment required: what to do</title><p>${prose(random)}</p></html>`);
  else if (name === 'zipped')
    response
      .writeHead(200, { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' })
      .end(gzipSync(JSON.stringify({ log: prose(random) })));
  else if (name === 'lines')
    response
      .writeHead(200, { 'Content-Type': 'application/x-ndjson' })
      .end(Array.from({ length: 5 }, () => `${JSON.stringify({ level: 'error', message: prose(random) })}\n`).join(''));
  else if (name === 'text') response.writeHead(200, { 'Content-Type': 'text/plain' }).end(prose(random));
  else json(response, 200, { items: [{ title: prose(random), status: 'error', reason: prose(random) }], next: null });
};

interface Plain {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** By the last part of the path. */
const answers: Readonly<Record<string, Plain>> = {
  health: { status: 200, body: { status: 'ok', billing: 'degraded', queue: { limit: 5, used: 5 } } },
  unready: { status: 503, body: { status: 'starting' } },
  missing: { status: 404, body: { message: 'Subscription not found' } },
  key: { status: 404, body: { error: 'No API key with this id exists' } },
  invoice: { status: 404, body: { error: { code: 'not_found', message: 'There is no unpaid invoice 12' } } },
  moved: { status: 302, body: {}, headers: { Location: 'health' } },
  conflict: { status: 409, body: { error: 'conflict', message: 'This card is already attached to a customer' } },
  taken: { status: 409, body: { code: 'PLAN_EXISTS', message: 'A plan of this name exists' } },
  invalid: {
    status: 422,
    body: { message: 'The given data was invalid.', errors: { card: ['The card number field is required.'] } },
  },
  schema: {
    status: 422,
    body: { detail: [{ loc: ['body', 'budget'], msg: 'Input should be greater than 0', type: 'greater_than' }] },
  },
  field: { status: 400, body: { error: 'Missing required field: payment_method' } },
  range: { status: 400, body: { message: 'limit must be less than or equal to 100' } },
  role: { status: 403, body: { message: 'You do not have permission to perform this action.' } },
  csrf: { status: 403, body: { message: 'CSRF token mismatch.' } },
  login: { status: 401, body: { message: 'Wrong email or password.' } },
  private: { status: 401, body: 'Sign in', headers: { 'WWW-Authenticate': 'Basic realm="intranet"' } },
  large: { status: 413, body: { message: 'Request entity too large: the limit is 10 MB' } },
  method: { status: 405, body: { message: 'Method Not Allowed' }, headers: { Allow: 'GET' } },
  broken: { status: 500, body: { error: 'Internal Server Error' } },
  created: { status: 201, body: { id: 7, error: null, errors: [], payment: { state: 'declined' } } },
  failed: { status: 200, body: { id: 'job', status: 'failed', error: 'CUDA out of memory', logs: 'Card declined' } },
  graph: { status: 200, body: { data: { viewer: { credits: 0, plan: 'expired', message: 'Payment required' } } } },
  'graph-error': {
    status: 200,
    body: { data: null, errors: [{ message: 'Cannot query field "balance" on type "User".' }] },
  },
  partial: {
    status: 200,
    body: { took: 3, errors: true, items: [{ index: { status: 409, error: { type: 'conflict' } } }] },
  },
};

/** The paths that `own` answers in a way of its own. */
export const ownPaths = [...Object.keys(answers), 'page', 'zipped', 'lines', 'text', 'list'];

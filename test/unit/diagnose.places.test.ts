import assert from 'node:assert/strict';
import { diagnose } from '../../src/rules/index.ts';
import type { HeaderList } from '../../src/shared/exchange.ts';
import type { Cause } from '../../src/shared/finding.ts';

interface Place {
  readonly where: string;
  readonly status?: number | null;
  readonly headers?: HeaderList;
  readonly trailers?: HeaderList;
  readonly body?: string | null;
  readonly truncated?: boolean;
  readonly cause: Cause | null;
}

const empty = JSON.stringify({ error: { code: 'credits_exhausted', message: 'No credits are left.' } });
const delta = JSON.stringify({ choices: [{ delta: { content: 'The card was declined, said the clerk. ' } }] });
const type = (value: string): HeaderList => [['content-type', value]];
const grpc = (status: string, message: string): HeaderList => [
  ['grpc-status', status],
  ['grpc-message', message],
];

const places: readonly Place[] = [
  {
    where: 'JSON five levels deep',
    status: 400,
    body: `{"a":{"b":[{"c":{"d":${empty}}}]}}`,
    cause: 'insufficient_funds',
  },
  {
    where: 'JSON in a string in JSON in a string',
    status: 500,
    body: JSON.stringify({ detail: JSON.stringify({ inner: `Call failed: ${empty}` }) }),
    cause: 'payment_service_outage',
  },
  {
    where: 'an object as Python prints it',
    status: 400,
    body: JSON.stringify({ detail: "{'error': {'code': 'trial_expired', 'message': 'x'}}" }),
    cause: 'subscription_expired',
  },
  {
    where: 'problem details',
    status: 403,
    headers: type('application/problem+json'),
    body: '{"type":"https://errors.own.example/probs/out-of-credit","title":"Nothing left","status":403}',
    cause: 'insufficient_funds',
  },
  {
    where: 'an HTML page, its scripts and styles left aside',
    headers: type('text/html'),
    body: '<html><head><title>Oh</title><style>.quota-exceeded{}</style></head><body><h1>Paused</h1><p>Your trial has expired.</p></body></html>',
    cause: 'subscription_expired',
  },
  { where: 'an empty body', body: '', cause: 'insufficient_funds' },
  { where: 'no body', status: 401, body: null, cause: 'token_expired_or_invalid' },
  {
    where: 'server-sent events that fail in the middle of a 200',
    status: 200,
    headers: type('text/event-stream'),
    body: `data: ${delta}\n\ndata: ${delta}\n\ndata: ${empty}\n\n`,
    cause: 'insufficient_funds',
  },
  {
    where: 'an event of the name "error"',
    status: 200,
    headers: type('text/event-stream; charset=utf-8'),
    body: `event: message_start\ndata: {}\n\nevent: error\ndata: {"type":"error","error":{"type":"billing_error","message":"Add a credit card."}}\n\n`,
    cause: 'payment_method_invalid',
  },
  {
    where: 'the last line of a long NDJSON answer',
    status: 200,
    headers: type('application/x-ndjson'),
    body: `${`${delta}\n`.repeat(2000)}${empty}\n`,
    cause: 'insufficient_funds',
  },
  {
    where: 'the last of the messages between the frames of a WebSocket',
    status: 101,
    body: `\u0081\u007e${delta}\u0081\u000f${delta}\ufffd~${empty}`,
    cause: 'insufficient_funds',
  },
  {
    where: 'gRPC trailers under 200',
    status: 200,
    headers: type('application/grpc'),
    trailers: grpc('8', 'the%20daily%20quota%20is%20used%20up'),
    body: null,
    cause: 'usage_quota_exceeded',
  },
  {
    where: 'gRPC headers of an answer without a body',
    status: 200,
    headers: [...type('application/grpc+proto'), ...grpc('16', 'the access token expired')],
    body: null,
    cause: 'token_expired_or_invalid',
  },
  {
    where: 'GraphQL errors under 200',
    status: 200,
    body: '{"data":{"message":"Your balance is 0"},"errors":[{"message":"no","extensions":{"code":"PLAN_UPGRADE_REQUIRED"}}]}',
    cause: 'plan_upgrade_required',
  },
  {
    where: 'WWW-Authenticate',
    status: 401,
    headers: [['www-authenticate', 'Bearer realm="x", error="invalid_token", error_description="The token expired"']],
    body: '',
    cause: 'token_expired_or_invalid',
  },
  {
    where: 'a price tag beside another challenge',
    status: 402,
    headers: [['www-authenticate', 'Bearer realm="x", L402 token="AGIA", invoice="lnbc1"']],
    body: '',
    cause: 'payment_protocol_challenge',
  },
  { where: 'a body that was cut', status: 400, body: empty.slice(0, -3), truncated: true, cause: 'insufficient_funds' },
  { where: 'a body with a byte order mark', status: 200, body: `\ufeff${empty}`, cause: 'insufficient_funds' },
  {
    where: 'XML',
    status: 403,
    headers: type('application/xml'),
    body: '<Error><Code>QuotaExceeded</Code></Error>',
    cause: 'usage_quota_exceeded',
  },
  {
    where: 'German',
    status: 403,
    body: '{"meldung":"Auf Ihrem Konto ist nicht genügend Geld."}',
    cause: 'insufficient_funds',
  },
  {
    where: 'French',
    status: 403,
    body: '{"message":"La formule choisie a expiré : votre abonnement est terminé."}',
    cause: 'subscription_expired',
  },
  {
    where: 'Spanish',
    status: 403,
    body: '{"mensaje":"La tarjeta registrada está vencida"}',
    cause: 'payment_method_expired',
  },
  {
    where: 'Russian',
    status: 403,
    body: '{"message":"Аккаунт временно заблокирован администратором"}',
    cause: 'account_suspended',
  },
  { where: 'Chinese', status: 200, body: '{"code":4001,"msg":"请求太快，请稍候"}', cause: 'rate_limit' },
  {
    where: 'Japanese',
    status: 403,
    body: '{"message":"このモデルはプロプランでのみ使えます"}',
    cause: 'plan_upgrade_required',
  },
  { where: 'Korean', status: 403, body: '{"message":"등록된 결제수단이 없습니다"}', cause: 'payment_method_invalid' },
  { where: 'Turkish', status: 402, body: '{"message":"Aylık bütçe aşıldı"}', cause: 'spend_limit_or_budget_reached' },
  { where: 'Vietnamese', status: 403, body: '{"message":"Tài khoản của bạn đã bị khóa"}', cause: 'account_suspended' },
  { where: 'Arabic', status: 403, body: '{"message":"انتهى اشتراكك"}', cause: 'subscription_expired' },

  {
    where: 'a stream that talks of failures',
    status: 200,
    headers: type('text/event-stream'),
    body: `data: ${delta}\n\n`,
    cause: null,
  },
  {
    where: 'a log whose lines tell of others’ failures',
    status: 200,
    headers: type('application/x-ndjson'),
    body: `${empty}\n{"level":"info","message":"no credits are left"}\n`,
    cause: null,
  },
  {
    where: 'a WebSocket that talks of failures',
    status: 101,
    body: `\u0081~${JSON.stringify({ text: empty })}`,
    cause: null,
  },
  {
    where: 'a batch whose items failed',
    status: 200,
    body: `{"custom_id":"1","response":null,"error":null}\n{"custom_id":"2","error":{"code":"insufficient_quota"}}\n`,
    cause: null,
  },
  {
    where: 'a job that failed',
    status: 200,
    body: '{"id":"j","status":"failed","logs":"Card declined","error":"out of memory"}',
    cause: null,
  },
  { where: 'a login of a person', status: 401, body: '{"message":"Wrong email or password"}', cause: null },
  {
    where: 'a page behind a password',
    status: 401,
    headers: [['www-authenticate', 'Basic realm="x"']],
    body: '',
    cause: null,
  },
  {
    where: 'GraphQL data about money',
    status: 200,
    body: '{"data":{"credits":0,"error":"insufficient funds"},"errors":[]}',
    cause: null,
  },
  { where: 'gRPC that went well', status: 200, trailers: grpc('0', ''), body: null, cause: null },
];

describe('A refusal is looked for', () => {
  for (const { where, status = 402, headers = [], trailers = [], body = null, truncated = false, cause } of places) {
    it(cause === null ? `and not found in ${where}` : `in ${where}`, () => {
      const request = { method: 'POST', host: 'api.own.example', path: '/v1/x', headers: [], body: null };
      const found = diagnose({ provider: null, request, response: { status, headers, trailers, body, truncated } });
      assert.equal(found?.cause ?? null, cause, found?.rule);
    });
  }
});

import type { Operation } from './operations.ts';

/** What went wrong, before it is put into a dialect. */
export interface AiError {
  readonly status: number;
  readonly message: string;
  /** As the vendor, or this gateway, names it. */
  readonly type?: string | null;
  readonly code?: string | null;
  readonly param?: string | null;
  /** Further members beside `error`. */
  readonly more?: Readonly<Record<string, unknown>>;
}

/** Whether callers of this operation read errors as Anthropic writes them. */
export function speaksAnthropic(operation: Operation): boolean {
  return operation === 'messages' || operation === 'countTokens';
}

/**
 * An error as the caller's SDK reads it: OpenAI's `{error: {message, type, param, code}}`
 * (platform.openai.com/docs/guides/error-codes) or Anthropic's `{type: "error", error: {type, message}, request_id}`
 * (docs.anthropic.com/en/api/errors).
 */
export function errorBody(error: AiError, operation: Operation): Readonly<Record<string, unknown>> {
  const { status, message, type, code = null, param = null, more = {} } = error;
  if (speaksAnthropic(operation))
    return {
      type: 'error',
      error: { type: anthropicType(status, type), message, ...(code === null ? {} : { code }) },
      request_id: null,
      ...more,
    };
  return { error: { message, type: type ?? openaiType(status), param, code }, ...more };
}

/** Anthropic has a status of its own for an overload, which others do not know. */
export function statusFor(status: number, operation: Operation): number {
  return status === 529 && !speaksAnthropic(operation) ? 503 : status;
}

const anthropicTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  503: 'overloaded_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

/** The type that goes with a status; only Anthropic's own types are kept. */
function anthropicType(status: number, type: string | null | undefined): string {
  if (type !== null && type !== undefined && Object.values(anthropicTypes).includes(type)) return type;
  return anthropicTypes[status] ?? (status < 500 ? 'invalid_request_error' : 'api_error');
}

const openaiTypes: Readonly<Record<number, string>> = {
  401: 'authentication_error',
  402: 'insufficient_quota',
  403: 'permission_error',
  404: 'not_found_error',
  429: 'rate_limit_error',
};

function openaiType(status: number): string {
  return openaiTypes[status] ?? (status < 500 ? 'invalid_request_error' : 'server_error');
}

/** What a vendor's refusal says, in whatever shape: OpenAI, Anthropic, Gemini, Mistral, Cohere, Bedrock. */
export function readRefusal(status: number, body: string): AiError {
  const json = parsed(body);
  const inner = objectIn(json, 'error') ?? objectIn(json, 'detail') ?? json;
  const message =
    stringIn(inner, 'message') ??
    stringIn(json, 'message') ??
    stringIn(json, 'error') ??
    stringIn(json, 'detail') ??
    stringIn(json, 'Message') ??
    (body.trim() === '' ? `The provider answered ${String(status)}.` : body.trim().slice(0, 2000));
  const code = stringIn(inner, 'code') ?? stringIn(inner, 'status') ?? numberIn(inner, 'code');
  return { status, message, type: stringIn(inner, 'type'), code, param: stringIn(inner, 'param') };
}

type Json = Readonly<Record<string, unknown>>;

function parsed(body: string): Json {
  try {
    const value: unknown = JSON.parse(body);
    const first: unknown = Array.isArray(value) ? value[0] : value;
    return typeof first === 'object' && first !== null ? (first as Json) : {};
  } catch {
    return {};
  }
}

function objectIn(json: Json, name: string): Json | null {
  const value = json[name];
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

function stringIn(json: Json, name: string): string | null {
  const value = json[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberIn(json: Json, name: string): string | null {
  const value = json[name];
  return typeof value === 'number' ? String(value) : null;
}

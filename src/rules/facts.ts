import type { Facts, Retry } from '../shared/finding.ts';
import { now } from './retry.ts';
import type { View } from './view.ts';

type Numbers = 'requestedTokens' | 'affordableTokens' | 'price' | 'balance' | 'limit' | 'used' | 'remaining';

/** Numbers as vendors spell them in sentences; the group is the number. Lower case. */
const said: readonly (readonly [Numbers, RegExp])[] = [
  ['affordableTokens', /can only afford (\d[\d,]*)/],
  ['requestedTokens', /requested up to (\d[\d,]*) tokens/],
  ['requestedTokens', /\brequested (\d[\d,]*)/],
  ['balance', /(?:current balance|balance(?: is| of|:)|remaining balance)[^\d-]{0,12}(-?\d[\d,]*(?:\.\d+)?)/],
  ['remaining', /\b(\d[\d,]*(?:\.\d+)?) (?:credits? )?remaining/],
  ['used', /\bused:? (\d[\d,]*)/],
  ['limit', /\blimit:? ?(?:of |is )?\$?(\d[\d,]*(?:\.\d+)?)/],
  ['price', /(?:requires?|costs?|need|price(?: is|:)?) (?:at least )?\$(\d[\d,]*(?:\.\d+)?)/],
];

const keys: Readonly<Record<string, Numbers>> = {
  balance: 'balance',
  current_balance: 'balance',
  available_balance: 'balance',
  balanceusd: 'balance',
  limit: 'limit',
  max_budget: 'limit',
  quotavalue: 'limit',
  quota_limit: 'limit',
  used: 'used',
  current_usage: 'used',
  remaining: 'remaining',
  credits_remaining: 'remaining',
  required: 'price',
  cost: 'price',
  required_credits: 'price',
};

/** The numbers and names that an exchange holds, for sentences and fixes. */
export function factsOf(view: View, retry: Retry): Facts {
  const found: Partial<Record<Numbers, number>> = {};
  for (const { words } of view.sentences) {
    if (!/\d/.test(words)) continue;
    for (const [name, pattern] of said) {
      if (found[name] !== undefined) continue;
      const value = pattern.exec(words)?.[1];
      if (value !== undefined) found[name] = Number(value.replaceAll(',', ''));
    }
  }
  for (const { key, value } of view.body.fields) {
    const name = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (name === undefined || found[name] !== undefined || typeof value === 'boolean' || value === '') continue;
    const number = Number(value);
    if (Number.isFinite(number)) found[name] = number;
  }
  const model = modelOf(view);
  const requestId = requestIdOf(view);
  const link = linkOf(view);
  return {
    ...found,
    ...(retry.afterSeconds === null || retry.afterSeconds < 60
      ? {}
      : { resetAt: now(view) + Math.round(retry.afterSeconds * 1000) }),
    ...(model === undefined ? {} : { model }),
    ...(requestId === undefined ? {} : { requestId }),
    ...(link === undefined ? {} : { link }),
  };
}

function modelOf({ subject: { request } }: View): string | undefined {
  const head = request.body?.slice(0, 65_536) ?? '';
  return (
    /"model"\s*:\s*"([^"\\]{1,120})"/.exec(head)?.[1] ??
    /\/models\/([\w.:-]+?)(?::\w+)?(?:[/?]|$)/.exec(request.path ?? '')?.[1]
  );
}

const idHeaders = ['x-request-id', 'request-id', 'x-amzn-requestid', 'apim-request-id', 'cf-ray'];

function requestIdOf(view: View): string | undefined {
  for (const name of idHeaders) {
    const value = view.header(name);
    if (value !== undefined) return value.slice(0, 120);
  }
  const field = view.body.fields.find(({ key }) => /^(?:request_?id|debug_id|requestid)$/.test(key));
  return field === undefined ? undefined : String(field.value).slice(0, 120);
}

function linkOf(view: View): string | undefined {
  for (const { original } of view.sentences) {
    const link = /https?:\/\/[^\s"'<>)\]]+/.exec(original)?.[0].replace(/[.,;:]+$/, '');
    if (link !== undefined) return link;
  }
  return undefined;
}

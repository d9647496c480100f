import axios from 'axios';
import got from 'got';
import ky from 'ky';
import fetchOfNode from 'node-fetch';
import Stripe from 'stripe';
import superagent from 'superagent';
import { request } from 'undici';
import type { Call } from './modelCalls.ts';
import { ownPaths } from './services.ts';

/** What programs ask of Stripe by its own client. */
export function stripeCalls(url: string, apiKey: string): readonly Call[] {
  // Its client knows no base path, so a fetch of ours puts the API's name before it.
  const httpClient = Stripe.createFetchHttpClient((target, init) => {
    const { pathname, search } = new URL(target instanceof Request ? target.url : target);
    return fetch(`${url}/stripe${pathname}${search}`, init);
  });
  const client = new Stripe(apiKey, { httpClient, maxNetworkRetries: 0, telemetry: false });
  return [
    async () => client.charges.list({ limit: 1 }).autoPagingToArray({ limit: 2 }),
    async () => client.subscriptions.retrieve('sub_1'),
    async () => client.events.list(),
    async () => client.customers.retrieve('gone'),
    async () => client.customers.create({ email: 'someone@example.org' }),
    async () => client.balance.retrieve(),
    async (): Promise<unknown> => client.rawRequest('POST', '/v1/payment_intents', { currency: 'usd' }),
  ];
}

/** What programs ask of services of their own by the usual HTTP clients, each client of every path. */
export function ownCalls(url: string): readonly Call[] {
  const any = { validateStatus: () => true };
  return ownPaths.flatMap((name): readonly Call[] => {
    const target = `${url}/own/v1/${name}?page=2`;
    const headers = { 'If-None-Match': '"v1"', Authorization: 'Bearer of-my-own' };
    return [
      async () => axios.get<unknown>(target, { ...any, headers }),
      async () => axios.post<unknown>(target, { card: null, plan: 'free' }, any),
      async () => got(target, { throwHttpErrors: false, retry: { limit: 0 } }),
      async () => (await ky(target, { throwHttpErrors: false, retry: 0, headers })).text(),
      async () => superagent.get(target).ok(() => true),
      async () => (await fetchOfNode(target, { method: 'PUT', body: '{}' })).text(),
      async () => (await request(target, { method: 'GET' })).body.text(),
      async () => (await fetch(target, { method: 'OPTIONS', headers: { Origin: 'http://shop.example' } })).text(),
      async () => (await fetch(target, { method: 'HEAD' })).text(),
    ];
  });
}

// Calls to hosts that exist nowhere: what comes back has gone through the gateway.
import http from 'node:http';
import http2 from 'node:http2';
import https from 'node:https';
import { Agent, Pool, fetch as npmFetch, request } from 'undici';
import axios from 'axios';
import got from 'got';
import ky from 'ky';
import nodeFetch from 'node-fetch';
import superagent from 'superagent';
import OpenAI from 'openai';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { Mistral } from '@mistralai/mistralai';
import { generateText } from 'ai';
import { createOpenAI } from '@ai-sdk/openai';
import { ChatOpenAI } from '@langchain/openai';
import Stripe from 'stripe';
const HOST = 'https://api.listed.invalid';
const PLAIN = 'http://api.listed.invalid';
const nothing = () => {};
const dump = ({ body }) => body.dump();
const ask = (content) => ({ model: 'm', max_tokens: 9, messages: [{ role: 'user', content }] });
const end = (resolve) => (response) => response.resume().on('end', resolve);

await fetch(HOST + '/mark-fetch_tls').then((response) => response.text());
await fetch(PLAIN + '/mark-fetch_plain').then((response) => response.text());
await new Promise((resolve) => https.get(HOST + '/mark-https_get', end(resolve)));
await new Promise((resolve) => http.get(PLAIN + '/mark-http_get', end(resolve)));
const agent = new https.Agent({ keepAlive: true });
await new Promise((resolve) => https.get(HOST + '/mark-https_kept', { agent }, end(resolve)));
await new Promise((resolve) => https.get(HOST + '/mark-https_again', { agent }, end(resolve)));
agent.destroy();
await new Promise((resolve) => {
  const request = https.request(HOST + '/written', { method: 'POST' }, end(resolve)); // @https_written
  request.write('mark-https_written ');
  setTimeout(() => request.end('x'.repeat(100_000)), 5);
});
const session = http2.connect(HOST);
for (const path of ['/mark-http2_one', '/mark-http2_two']) {
  await new Promise((resolve) => session.request({ ':path': path }).resume().on('end', resolve)); // @http2_one @http2_two
}
session.close();

await request(HOST + '/mark-undici_tls').then(dump);
await request(PLAIN + '/mark-undici_plain').then(dump);
await npmFetch(HOST + '/mark-undici_fetch').then((response) => response.text());
const pool = new Pool(HOST, { connections: 2 });
await Promise.all([
  pool.request({ path: '/mark-undici_pool', method: 'GET' }).then(dump),
  pool.request({ path: '/mark-undici_second', method: 'GET' }).then(dump),
  pool.request({ path: '/mark-undici_queued', method: 'GET' }).then(dump),
]);
await pool.close();
const dispatcher = new Agent({ connect: { timeout: 5000 } });
await request(HOST + '/mark-undici_agent', { dispatcher }).then(dump);
await dispatcher.close();
await axios.get(HOST + '/mark-axios_tls');
await axios.get(PLAIN + '/mark-axios_plain');
await got(HOST + '/mark-got_tls').text();
await ky(HOST + '/mark-ky_tls').text();
await nodeFetch(HOST + '/mark-nodefetch_tls').then((response) => response.text());
await superagent.get(HOST + '/mark-superagent_tls');

await new OpenAI({ apiKey: 'key', baseURL: HOST }).chat.completions.create(ask('mark-openai_tls'));
await new Anthropic({ apiKey: 'key', baseURL: HOST }).messages.create(ask('mark-anthropic_tls'));
const google = new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: HOST } });
await google.models.generateContent({ model: 'm', contents: 'mark-genai_tls' }).catch(nothing);
const mistral = new Mistral({ apiKey: 'key', serverURL: HOST });
await mistral.chat.complete(ask('mark-mistral_tls')).catch(nothing);
const model = createOpenAI({ apiKey: 'key', baseURL: HOST }).chat('m');
await generateText({ model, prompt: 'mark-ai_tls', maxRetries: 0 }).catch(nothing);
const chat = new ChatOpenAI({ apiKey: 'key', model: 'm', maxRetries: 0, configuration: { baseURL: HOST } });
await chat.invoke('mark-langchain_tls');
const stripe = new Stripe('sk_test_key', { host: 'api.listed.invalid', maxNetworkRetries: 0 });
await stripe.customers.create({ name: 'mark-stripe_tls' });

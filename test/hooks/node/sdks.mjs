// What vendors publish for their APIs.
import OpenAI from 'openai';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { Mistral } from '@mistralai/mistralai';
import { generateText, streamText, generateObject, embed, jsonSchema } from 'ai';
import { createOpenAI } from '@ai-sdk/openai';
import { createAnthropic } from '@ai-sdk/anthropic';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { PromptTemplate } from '@langchain/core/prompts';
import Stripe from 'stripe';
const { BASE } = process.env;
const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
const nothing = () => {};
const given = async (url, init) => {
  await pause(1);
  return fetch(url, init);
};
const ask = (content) => ({ model: 'm', max_tokens: 9, messages: [{ role: 'user', content }] });

const openai = new OpenAI({ apiKey: 'key', baseURL: BASE, maxRetries: 2 });
await openai.chat.completions.create(ask('mark-openai_await'));
await openai.chat.completions.create(ask('mark-openai_then')).then((answer) => answer.id);
const late = openai.chat.completions.create(ask('mark-openai_late'));
await pause(5);
await late;
const stream = await openai.chat.completions.create({ ...ask('mark-openai_stream'), stream: true });
for await (const part of stream) void part;
await openai.chat.completions.create(ask('mark-openai_retried')); // 2 times mark-openai_retried
await openai.responses.create({ model: 'm', input: 'mark-openai_responses' });
await openai.embeddings
  .create({ model: 'm', input: 'mark-openai_embeddings', encoding_format: 'float' })
  .catch(nothing);
openai.chat.completions.create(ask('mark-openai_forgotten')).catch(nothing);
await openai.chat.completions.create(ask('mark-openai_raw')).asResponse();
const helper = (content) => openai.chat.completions.create(ask(content)); // @openai_helper
await helper('mark-openai_helper');

const anthropic = new Anthropic({ apiKey: 'key', baseURL: BASE, maxRetries: 2 });
await anthropic.messages.create(ask('mark-anthropic_await'));
await anthropic.messages.create(ask('mark-anthropic_then')).then(({ id }) => id);
await anthropic.messages.stream(ask('mark-anthropic_stream')).finalMessage().catch(nothing);
await anthropic.messages.create(ask('mark-anthropic_retried')); // 2 times mark-anthropic_retried

const google = new GoogleGenAI({ apiKey: 'key', httpOptions: { baseUrl: BASE } });
await google.models.generateContent({ model: 'm', contents: 'mark-genai_await' }).catch(nothing);
const parts = await google.models.generateContentStream({ model: 'm', contents: 'mark-genai_stream' });
await parts.next().catch(nothing);
await google.chats.create({ model: 'm' }).sendMessage({ message: 'mark-genai_chat' }).catch(nothing);

const mistral = new Mistral({ apiKey: 'key', serverURL: BASE });
await mistral.chat.complete(ask('mark-mistral_await')).catch(nothing);
await mistral.chat.complete(ask('mark-mistral_then')).then(nothing, nothing);

const model = createOpenAI({ apiKey: 'key', baseURL: BASE }).chat('m');
await generateText({ model, prompt: 'mark-ai_await', maxRetries: 0 }).catch(nothing);
await generateText({ model, prompt: 'mark-ai_then', maxRetries: 0 }).then(nothing, nothing);
await streamText({ model, prompt: 'mark-ai_stream', maxRetries: 0, onError: nothing }).consumeStream();
await generateObject({ model, prompt: 'mark-ai_object', schema: jsonSchema({ type: 'object' }), maxRetries: 0 }).catch(
  nothing,
);
const embedding = createOpenAI({ apiKey: 'key', baseURL: BASE }).embedding('m');
await embed({ model: embedding, value: 'mark-ai_embed', maxRetries: 0 }).catch(nothing);
const claude = createAnthropic({ apiKey: 'key', baseURL: BASE })('m');
await generateText({ model: claude, prompt: 'mark-ai_anthropic', maxRetries: 0 }).catch(nothing);

const chat = new ChatOpenAI({ apiKey: 'key', model: 'm', maxRetries: 0, configuration: { baseURL: BASE } });
await chat.invoke('mark-langchain_await');
await chat.invoke('mark-langchain_then').then(nothing);
for await (const part of await chat.stream('mark-langchain_stream')) void part;
await chat.batch(['mark-langchain_batch']);
const chain = PromptTemplate.fromTemplate('mark-{name}').pipe(chat);
await chain.invoke({ name: 'langchain_chain' }); // @langchain_chain mark-langchain_chain
const vectors = new OpenAIEmbeddings({ apiKey: 'key', maxRetries: 0, configuration: { baseURL: BASE } });
await vectors.embedQuery('mark-langchain_embed').catch(nothing);

const { hostname, port } = new URL(BASE);
const where = { host: hostname, port, protocol: 'http', maxNetworkRetries: 1 };
const stripe = new Stripe('sk_test_key', where);
await stripe.customers.create({ name: 'mark-stripe_await' });
await stripe.customers.create({ name: 'mark-stripe_then' }).then(nothing);
await stripe.customers.list({ email: 'mark-stripe_list' }).catch(nothing);
const fetching = new Stripe('sk_test_key', { ...where, httpClient: Stripe.createFetchHttpClient() });
await fetching.customers.create({ name: 'mark-stripe_fetch' });

const lent = new OpenAI({ apiKey: 'key', baseURL: BASE, fetch: given });
await lent.models.retrieve('mark-openai_fetch');
const provider = createOpenAI({ apiKey: 'key', baseURL: BASE, fetch: given });
await generateText({ model: provider.chat('m'), prompt: 'mark-ai_fetch', maxRetries: 0 }).catch(nothing);

import { createAnthropic } from '@ai-sdk/anthropic';
import { createOpenAI } from '@ai-sdk/openai';
import Anthropic from '@anthropic-ai/sdk';
import { GoogleGenAI } from '@google/genai';
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { Mistral } from '@mistralai/mistralai';
import { embed, generateText, streamText } from 'ai';
import OpenAI, { toFile } from 'openai';
import { prose, seeded } from './prose.ts';

/** One ordinary call; what it rejects with is part of the day, as a 404 is. */
export type Call = () => Promise<unknown>;

const random = seeded(402);
const ask = (): string => prose(random);

/** Reads a stream to its end. */
async function all(stream: AsyncIterable<unknown>): Promise<void> {
  const pieces: unknown[] = [];
  for await (const piece of stream) pieces.push(piece);
}

/** Leaves a stream after its first piece. */
async function first(stream: AsyncIterable<unknown>): Promise<void> {
  const pieces = stream[Symbol.asyncIterator]();
  await pieces.next();
  await pieces.return?.();
}

/** What programs ask of OpenAI by its own client. */
export function openaiCalls(url: string, apiKey: string): readonly Call[] {
  const client = new OpenAI({ baseURL: `${url}/openai/v1`, apiKey, maxRetries: 0 });
  const messages = (): { role: 'user'; content: string }[] => [{ role: 'user', content: ask() }];
  const pay = { type: 'function', function: { name: 'pay', parameters: { type: 'object' } } } as const;
  return [
    async () => client.chat.completions.create({ model: 'm', messages: messages() }),
    async () => client.chat.completions.create({ model: 'm', messages: messages(), tools: [pay] }),
    async () => all(await client.chat.completions.create({ model: 'm', messages: messages(), stream: true })),
    async () => first(await client.chat.completions.create({ model: 'm', messages: messages(), stream: true })),
    async () => client.chat.completions.create({ model: 'bad', messages: messages() }),
    async () => client.chat.completions.create({ model: 'long', messages: messages() }),
    async () => client.responses.create({ model: 'm', input: ask() }),
    async () => all(await client.responses.create({ model: 'm', input: ask(), stream: true })),
    async () => client.embeddings.create({ model: 'embed', input: [ask(), ask()], encoding_format: 'float' }),
    async () => client.moderations.create({ input: ask() }),
    async () => client.images.generate({ prompt: ask() }),
    async () => all(await client.models.list()),
    async () => client.models.retrieve('gone'),
    async () => all(await client.files.list()),
    async () => client.files.create({ file: await toFile(Buffer.from(ask()), 'unpaid.jsonl'), purpose: 'batch' }),
    async () => (await client.files.content('file-1')).text(),
  ];
}

/** What programs ask of Anthropic by its own client. */
export function anthropicCalls(url: string, apiKey: string): readonly Call[] {
  const client = new Anthropic({ baseURL: `${url}/anthropic`, apiKey, maxRetries: 0 });
  const body = () => ({ model: 'claude', max_tokens: 40, messages: [{ role: 'user' as const, content: ask() }] });
  return [
    async () => client.messages.create(body()),
    async () => all(await client.messages.create({ ...body(), stream: true })),
    async () => client.messages.stream(body()).finalMessage(),
    async () => client.messages.create({ ...body(), model: 'bad' }),
    async () => client.messages.countTokens({ model: 'claude', messages: body().messages }),
    async () => client.messages.batches.retrieve('b'),
    async () => all(await client.models.list()),
    async () => client.models.retrieve('gone'),
  ];
}

/** What programs ask of the Gemini API by Google's client. */
export function geminiCalls(url: string, apiKey: string): readonly Call[] {
  const { models } = new GoogleGenAI({ apiKey, httpOptions: { baseUrl: `${url}/gemini` } });
  return [
    async () => models.generateContent({ model: 'gemini', contents: ask() }),
    async () => all(await models.generateContentStream({ model: 'gemini', contents: ask() })),
    async () => models.embedContent({ model: 'gemini', contents: ask() }),
    async () => models.countTokens({ model: 'gemini', contents: ask() }),
    async () => models.generateContent({ model: 'gone', contents: ask() }),
    async () => all(await models.list()),
  ];
}

/** What programs ask of Mistral by its own client. */
export function mistralCalls(url: string, apiKey: string): readonly Call[] {
  const client = new Mistral({ serverURL: `${url}/mistral`, apiKey, retryConfig: { strategy: 'none' } });
  const messages = () => [{ role: 'user' as const, content: ask() }];
  return [
    async () => client.chat.complete({ model: 'm', messages: messages() }),
    async () => all(await client.chat.stream({ model: 'm', messages: messages() })),
    async () => client.embeddings.create({ model: 'embed', inputs: [ask()] }),
    async () => client.models.list(),
  ];
}

/** What programs ask through the libraries that stand above the vendors' own. */
export function libraryCalls(url: string, apiKey: string): readonly Call[] {
  const openai = createOpenAI({ baseURL: `${url}/openai/v1`, apiKey });
  const anthropic = createAnthropic({ baseURL: `${url}/anthropic/v1`, apiKey });
  const configuration = { baseURL: `${url}/openai/v1` };
  const chain = new ChatOpenAI({ model: 'm', apiKey, configuration, maxRetries: 0 });
  const embeddings = new OpenAIEmbeddings({ model: 'embed', apiKey, configuration, maxRetries: 0 });
  const maxRetries = 0;
  return [
    async () => generateText({ model: openai.chat('m'), prompt: ask(), maxRetries }),
    async () => generateText({ model: openai('m'), prompt: ask(), maxRetries }),
    async () => all(streamText({ model: openai.chat('m'), prompt: ask(), maxRetries }).textStream),
    async () => embed({ model: openai.embedding('embed'), value: ask(), maxRetries }),
    async () => generateText({ model: anthropic('claude'), prompt: ask(), maxRetries }),
    async () => all(streamText({ model: anthropic('claude'), prompt: ask(), maxRetries }).textStream),
    async () => chain.invoke(ask()),
    async () => all(await chain.stream(ask())),
    async () => embeddings.embedQuery(ask()),
  ];
}

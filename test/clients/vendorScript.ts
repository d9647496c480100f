import type { Said } from '../ai/dialects.ts';
import { vendors, type Stage, type VendorName } from '../ai/stage.ts';
import type { Answer, Received } from '../ai/vendors.ts';

const hello: Said = { text: 'Hello', input: 10, output: 5 };
const asks: Said = {
  ...{ text: '', stop: 'tool', input: 20, output: 9 },
  calls: [
    { id: 'call00001', name: 'weather', input: { city: 'Oslo' } },
    { id: 'call00002', name: 'weather', input: { city: 'Rome' } },
  ],
};
const refusals: Readonly<Record<string, number>> = {
  'bad key': 401,
  forbidden: 403,
  missing: 404,
  'too much': 429,
  malformed: 400,
  broken: 500,
};

/** Has vendors answer by what they are asked, for clients in other processes. */
export function byWhatIsAsked(stage: Stage, names: readonly VendorName[]): void {
  for (const name of names) {
    const refusedOnce = new Set<string>();
    stage.say(name, (received): Answer => {
      const { raw, body } = received;
      const refusal = Object.entries(refusals).find(([words]) => raw.includes(`"${words}"`));
      if (refusal !== undefined) return { status: refusal[1], json: { error: { message: `It is ${refusal[0]}.` } } };
      const slow = /Slow down once[^"]*/.exec(raw)?.[0];
      if (slow !== undefined && !refusedOnce.has(slow)) {
        refusedOnce.add(slow);
        return { status: 429, headers: { 'retry-after': '1' }, json: { error: { message: 'Slow down.' } } };
      }
      if (received.url.endsWith(':batchEmbedContents'))
        return { json: { embeddings: (body.requests as readonly unknown[]).map(() => ({ values: [0.25, -0.5, 1] })) } };
      return vendors[name].spoken.answer(saidTo(received), received);
    });
  }
}

function saidTo({ raw }: Received): Said {
  if (raw.includes('"fine"')) return { text: 'Cold there, warm here.', input: 40, output: 6 };
  if (raw.includes('Weather in')) return asks;
  return raw.includes('as JSON') ? { ...hello, text: '{"city":"Oslo"}' } : hello;
}

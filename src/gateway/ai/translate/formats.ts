import type { Json, TranslationJob } from '../translation.ts';
import type { Asked } from './asked.ts';
import { chatStream } from './chatStream.ts';
import { fromChat } from './fromChat.ts';
import { fromMessages } from './fromMessages.ts';
import { fromResponses } from './fromResponses.ts';
import { messagesStream } from './messagesStream.ts';
import { responsesStream } from './responsesStream.ts';
import type { WholeAnswer } from './sdk.ts';
import type { StreamWriter } from './streamWriter.ts';
import { toChat } from './toChat.ts';
import { toMessages } from './toMessages.ts';
import { toResponses } from './toResponses.ts';

type Format = Pick<TranslationJob, 'format' | 'name'>;

/** Reads a request in the caller's format. */
export function askedIn({ format, body, turns }: Pick<TranslationJob, 'format' | 'body' | 'turns'>): Asked {
  if (format === 'messages') return fromMessages(body, turns);
  return format === 'responses' ? fromResponses(body, turns) : fromChat(body, turns);
}

/** Writes a stream in the caller's format. */
export function streamWriter({ format, name }: Format, asked: Pick<Asked, 'includeUsage' | 'request'>): StreamWriter {
  if (format === 'messages') return messagesStream(name);
  if (format === 'responses') return responsesStream(name, asked.request);
  return chatStream({ model: name, includeUsage: asked.includeUsage });
}

/** Writes an answer in the caller's format. */
export function writtenWhole({ format, name }: Format, asked: Pick<Asked, 'request'>, whole: WholeAnswer): Json {
  if (format === 'messages') return toMessages(whole, name);
  return format === 'responses' ? toResponses(whole, name, asked.request) : toChat(whole, name);
}

import path from 'node:path';
import type { Credentials } from '../parts.ts';
import { createAiDesk, type AiDesk } from './aiDesk.ts';
import { readModelBook, type ModelBook } from './modelBook.ts';
import { createTurns } from './turns.ts';

/** Where a refreshed list of models is kept. */
export function refreshedModelsIn(dataDirectory: string): string {
  return path.join(dataDirectory, 'models.json');
}

/** The desk of a gateway. Models are read when somebody asks for one. */
export function openAiDesk(options: {
  readonly dataDirectory: string;
  readonly credentials: Pick<Credentials, 'state'>;
  readonly fetch: typeof fetch;
}): AiDesk & { /** Models were refreshed. */ reread(): void } {
  let book: ModelBook | null = null;
  const desk = createAiDesk({
    book: () => (book ??= readModelBook(refreshedModelsIn(options.dataDirectory))),
    credentials: options.credentials,
    fetch: options.fetch,
    turns: createTurns(),
  });
  return {
    ...desk,
    get book() {
      return desk.book;
    },
    reread: () => void (book = null),
  };
}

import path from 'node:path';
import { ChannelError } from '../../shared/channel.ts';
import { plain, text } from '../../shared/text.ts';
import type { Piece, PromptText, Turn } from './promptText.ts';

/** A part of a message in OpenAI's format. */
type Part =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'image_url'; readonly image_url: { readonly url: string } };

/** A message in OpenAI's format. */
export interface ChatMessage {
  readonly role: string;
  readonly content: string | readonly Part[];
}

const imageTypes: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
};

/**
 * Puts values into a prompt. A value is put in as it is and never read as a template, so it can neither begin a turn,
 * nor name another variable or a file. `readImage` reads what a path names, from the folder of the prompt's file.
 */
export async function toMessages(
  { turns, variables }: Pick<PromptText, 'turns' | 'variables'>,
  values: ReadonlyMap<string, unknown>,
  readImage: (relative: string) => Promise<Buffer>,
): Promise<readonly ChatMessage[]> {
  const images = new Set(variables.filter(({ type }) => type === 'image').map(({ name }) => name));
  const partOf = async (piece: Piece): Promise<Part> => {
    if (piece.kind === 'text') return { type: 'text', text: piece.text };
    if (piece.kind === 'variable') {
      const value = values.get(piece.name);
      return images.has(piece.name) ? image(written(value)) : { type: 'text', text: written(value) };
    }
    if (piece.isVariable) return image(written(values.get(piece.target)));
    if (/^(?:data:|https?:)/i.test(piece.target)) return image(piece.target);
    const type = imageTypes[path.extname(piece.target).toLowerCase()];
    if (type === undefined)
      throw new ChannelError(
        'prompt_unreadable',
        plain(text('{0} is no image: PNG, JPEG, GIF or WebP.', piece.target)),
      );
    const bytes = await readImage(decodeURI(piece.target));
    return image(`data:${type};base64,${bytes.toString('base64')}`);
  };
  const toMessage = async ({ role, pieces }: Turn): Promise<ChatMessage> => {
    const parts = (await Promise.all(pieces.map(partOf))).filter(
      (part) => part.type === 'text' || part.image_url.url !== '',
    );
    const content = joined(parts);
    return content.every((part) => part.type === 'text')
      ? { role, content: content.map((part) => part.text).join('') }
      : { role, content };
  };
  return Promise.all(turns.map(toMessage));
}

function image(url: string): Part {
  return { type: 'image_url', image_url: { url } };
}

/** Neighbouring texts are one. */
function joined(parts: readonly Part[]): readonly Part[] {
  const all: Part[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (part.type === 'text' && last?.type === 'text')
      all[all.length - 1] = { type: 'text', text: last.text + part.text };
    else all.push(part);
  }
  return all.filter((part) => part.type !== 'text' || part.text.trim() !== '' || all.length === 1);
}

/** A value as the text has it. */
function written(value: unknown): string {
  if (value === undefined || value === null) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

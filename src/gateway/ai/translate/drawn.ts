import type { Json } from '../translation.ts';
import type { Content } from './sdk.ts';

/** What a model made that is no text: a picture, as a rule. */
export type Drawn = Extract<Content, { type: 'file' }>;

/**
 * As a member of `images` of a message of chat completions, which has no place for pictures of its own; it is where others
 * put them (openrouter.ai/docs/features/multimodal/image-generation).
 */
export function imageInChat({ mediaType, data }: Drawn): Json {
  return { type: 'image_url', image_url: { url: `data:${mediaType};base64,${base64(data)}` } };
}

/** As a block of Anthropic's messages, as it would stand in a request. */
export function blockOf({ mediaType, data }: Drawn): Json {
  const source = { type: 'base64', media_type: mediaType, data: base64(data) };
  return { type: mediaType.startsWith('image/') ? 'image' : 'document', source };
}

/** As an item of OpenAI's responses (platform.openai.com/docs/guides/tools-image-generation). */
export function drawnItem(id: string, { data }: Drawn): Json {
  return { id, type: 'image_generation_call', status: 'completed', result: base64(data) };
}

function base64(data: string | Uint8Array): string {
  return typeof data === 'string' ? data : Buffer.from(data).toString('base64');
}

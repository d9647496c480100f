import { Untranslatable } from '../translation.ts';
import type { LanguageModel, Message, Prompt } from './sdk.ts';

const longest = 20 * 1024 * 1024;

/** The prompt with files in the place of links that the target cannot follow itself. */
export async function withFiles(
  prompt: Prompt,
  model: Pick<LanguageModel, 'supportedUrls'>,
  download: typeof fetch,
  signal: AbortSignal,
): Promise<Prompt> {
  if (!prompt.some(hasLink)) return prompt;
  const supported = await model.supportedUrls;
  return Promise.all(
    prompt.map(async (message): Promise<Message> => {
      if (message.role !== 'user') return message;
      const content = await Promise.all(
        message.content.map(async (part) => {
          if (part.type !== 'file' || !(part.data instanceof URL) || follows(supported, part.mediaType, part.data))
            return part;
          const { data, mediaType } = await fetched(part.data, download, signal);
          return { ...part, data, mediaType: mediaType ?? part.mediaType };
        }),
      );
      return { ...message, content };
    }),
  );
}

function hasLink(message: Message): boolean {
  return message.role === 'user' && message.content.some((part) => part.type === 'file' && part.data instanceof URL);
}

function follows(supported: Readonly<Record<string, readonly RegExp[]>>, mediaType: string, url: URL): boolean {
  const family = mediaType.split('/', 1)[0] ?? '';
  return Object.entries(supported).some(([type, patterns]) => {
    const fits = type === '*' || type === '*/*' || type === mediaType || type === `${family}/*`;
    return fits && patterns.some((pattern) => pattern.test(url.href));
  });
}

async function fetched(
  url: URL,
  download: typeof fetch,
  signal: AbortSignal,
): Promise<{ readonly data: Uint8Array; readonly mediaType: string | null }> {
  const answer = await download(url, { signal }).catch((error: unknown) => {
    throw new Untranslatable(`${url.href} cannot be reached: ${error instanceof Error ? error.message : ''}`, 'url');
  });
  if (!answer.ok) throw new Untranslatable(`${url.href} answered ${String(answer.status)}.`, 'url');
  const data = new Uint8Array(await answer.arrayBuffer());
  if (data.byteLength > longest) throw new Untranslatable(`${url.href} is longer than 20 MB.`, 'url');
  return { data, mediaType: answer.headers.get('content-type')?.split(';', 1)[0]?.trim() ?? null };
}

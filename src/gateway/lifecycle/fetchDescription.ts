import { ChannelError } from '../../shared/channel.ts';
import { plain, text } from '../../shared/text.ts';
import type { NamedText } from './description/workshop.ts';

const patience = 20_000;
/** The biggest known description, of GitHub's API, has 12 MB. */
const longest = 32 * 1024 * 1024;

/** Gets a description the way calls to upstreams go. Fails with `no_description` and what the server said. */
export async function fetchDescription(url: string, fetchIt: typeof fetch): Promise<NamedText> {
  const fail = (why: ReturnType<typeof text>, cause?: unknown): ChannelError =>
    new ChannelError('no_description', plain(why), { cause });
  const address = URL.parse(url);
  if (address === null || !/^https?:$/.test(address.protocol)) throw fail(text('"{0}" is no http or https URL.', url));
  let response: Response;
  let content: string;
  try {
    response = await fetchIt(address.href, {
      headers: { accept: 'application/yaml, application/json;q=0.9, */*;q=0.5' },
      signal: AbortSignal.timeout(patience),
    });
    content = await response.text();
  } catch (error) {
    const reason = error instanceof Error ? (error.cause instanceof Error ? error.cause : error).message : '';
    throw fail(text('{0} cannot be fetched: {1}', address.href, reason), error);
  }
  if (!response.ok)
    throw fail(text('{0} answered {1}. Is that where the description is?', address.href, response.status));
  if (content.length > longest) throw fail(text('{0} is too long to be a description.', address.href));
  const type = response.headers.get('content-type') ?? '';
  if (/html/i.test(type) || /^\s*<(?:!doctype|html)/i.test(content))
    throw fail(text('{0} is a web page. Give the URL of the YAML or JSON file itself.', address.href));
  const isJson = /json/i.test(type) || /^\s*\{/.test(content);
  return { text: content, name: isJson ? 'description.json' : 'description.yaml' };
}

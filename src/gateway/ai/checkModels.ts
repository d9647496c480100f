import { ChannelError } from '../../shared/channel.ts';
import type { ModelCheck } from '../../shared/models.ts';
import { plain, text } from '../../shared/text.ts';
import { inject } from '../inject.ts';
import type { Credentials, ResolvedApi } from '../parts.ts';
import { upstreamPath } from '../route.ts';
import { readRefusal } from './dialectError.ts';
import { providerOf } from './findTarget.ts';
import type { ModelBook } from './modelBook.ts';

const patience = 10_000;

/**
 * Asks for the list of models with the stored credential. A vendor that answers it takes the credential, but for those
 * that tell it to everybody.
 */
export async function checkModels(
  api: ResolvedApi,
  book: ModelBook,
  { credentials, fetch: ask }: { readonly credentials: Pick<Credentials, 'injection'>; readonly fetch: typeof fetch },
): Promise<ModelCheck> {
  const { dialect, url } = providerOf(api, book);
  if (dialect === 'bedrock') return unknown(plain(text('{0} has no list that could be asked for.', api.title)));
  const known = new URL(url).pathname.replace(/\/$/, '').replace(/^\/v2$/, '/v1');
  const own = api.upstream.pathname.replace(/\/$/, '');
  const prefix = api.ai?.path ?? (known.startsWith(own) ? known.slice(own.length) : '');
  try {
    const injection = await credentials.injection(api);
    const version = dialect === 'anthropic' ? ([['anthropic-version', '2023-06-01']] as const) : [];
    const bare = { headers: version, path: upstreamPath(api.upstream, `${prefix}/models`) };
    const { headers, path } = injection === null ? bare : inject(bare.headers, bare.path, injection);
    const wanted = { headers: Object.fromEntries(headers), signal: AbortSignal.timeout(patience) };
    const answer = await ask(api.upstream.origin + path, wanted);
    const body = await answer.text();
    if (answer.ok) return { state: 'works', message: plain(text('{0} answers.', api.title)) };
    const said = readRefusal(answer.status, body).message;
    const message = plain(text('{0} answered {1}: {2}', api.title, String(answer.status), said));
    return { state: [401, 402, 403].includes(answer.status) ? 'refused' : 'unknown', message };
  } catch (error) {
    if (error instanceof ChannelError) return { state: 'refused', message: error.message };
    return unknown(plain(text('{0} cannot be reached: {1}', api.title, error instanceof Error ? error.message : '')));
  }
}

function unknown(message: string): ModelCheck {
  return { state: 'unknown', message };
}

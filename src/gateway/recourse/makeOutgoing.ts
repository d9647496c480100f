import { ChannelError } from '../../shared/channel.ts';
import { text, type Text } from '../../shared/text.ts';
import type { Credentials } from '../parts.ts';
import type { Entry } from './entries.ts';
import { tryRequest, type Original, type Outgoing } from './tryRequest.ts';

/** A request for one try, with the credential put in; or why there can be none. */
export type Made =
  (Outgoing & { readonly kind: 'made'; readonly injected: boolean }) | { readonly kind: 'cannot'; readonly note: Text };

/** What may be put in. `isFallback` asks for a credential where the API takes one: the caller's own is for the API that it called. */
export interface Purse {
  readonly maySpend: boolean;
  readonly isFallback: boolean;
  readonly credentials: Pick<Credentials, 'injection'>;
}

/** Makes the request for an entry from what the client sent. */
export async function makeOutgoing(
  entry: Entry,
  original: Original,
  body: Buffer | null,
  { maySpend, isFallback, credentials }: Purse,
): Promise<Made> {
  try {
    const injection = maySpend ? await credentials.injection(entry.api) : null;
    if (isFallback && injection === null && entry.api.credential !== null)
      return { kind: 'cannot', note: text('No credential "{0}" is set.', entry.api.credential.name) };
    const request = tryRequest(original, entry, injection, body);
    return 'message' in request
      ? { kind: 'cannot', note: request }
      : { kind: 'made', injected: injection !== null, ...request };
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return { kind: 'cannot', note: text('{0}', error.message) };
  }
}

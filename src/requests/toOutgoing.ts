import type { OutgoingRequest } from '../shared/outgoingRequest.ts';
import { wasRedacted } from '../shared/redacted.ts';
import { credentialVariable, fillIn, literalVariable, type Filling } from './fillIn.ts';
import type { HttpFileRequest } from './parseHttpFile.ts';

/** A request ready to be sent; or the names of variables that nobody knows. */
export type Outgoing =
  | { readonly kind: 'request'; readonly request: OutgoingRequest }
  | { readonly kind: 'missing'; readonly names: readonly string[] };

/** A body that is no text. */
const bytes = new RegExp(`^\\{\\{\\${literalVariable} ([\\w+/=]+)\\}\\}$`);
const left = new RegExp(`\\{\\{\\s*\\${credentialVariable}\\s*\\}\\}`);

/**
 * Fills a request of an `.http` file in. A header that names `{{$credential}}`, or whose value was redacted, is left out,
 * and the gateway puts the stored credential in instead; it does so too where no header names any. `base64` is the content of
 * the file that the body was said to be in.
 */
export function toOutgoing(written: HttpFileRequest, filling: Filling, base64: string | null): Outgoing {
  const missing: string[] = [];
  const filled = (template: string): string => {
    const { text, missing: unknown } = fillIn(template, filling);
    missing.push(...unknown);
    return text;
  };
  const url = filled(written.url);
  const headers = written.headers.map(([name, value]) => [name, filled(value)] as const);
  const text = written.body !== null && 'text' in written.body ? written.body.text : null;
  const whole = base64 ?? (text === null ? null : (bytes.exec(text)?.[1] ?? null));
  const body = whole ?? (text === null ? null : filled(text));
  if (missing.length > 0) return { kind: 'missing', names: [...new Set(missing)] };
  const own = headers.filter(([, value]) => !left.test(value) && !wasRedacted(value));
  return {
    kind: 'request',
    request: {
      method: written.method,
      url,
      headers: own,
      body,
      isBase64: whole !== null,
      useCredential: own.length < headers.length || !own.some(([name]) => bearsCredential.test(name)),
    },
  };
}

const bearsCredential = /^(?:authorization|(?:x-)?(?:goog-)?api-?key|xi-api-key|x-subscription-token)$/i;

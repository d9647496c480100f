import type { AiRequest, Passages } from '../aiDesk.ts';
import type { Inbound } from '../../engine.ts';
import { tellTranslated } from '../ignoredHeader.ts';
import { upstreamHeaders } from '../modelFetch.ts';
import type { Asked } from '../translate/asked.ts';
import { askedIn } from '../translate/formats.ts';
import { targetOptions } from '../translate/targetOptions.ts';
import { Untranslatable, type TranslationJob } from '../translation.ts';
import { ownDialects } from './ownDialects.ts';
import { ownReply } from './ownReply.ts';

/** A call to translate, by whomever. */
export type OwnJob = Omit<TranslationJob, 'fetch'>;

/**
 * Translates a call without the vendor's package, which is several times faster. False, with nothing done, where it asks
 * for what only the package knows, or has to be refused.
 */
export function ownCall(request: AiRequest, job: OwnJob, passages: Pick<Passages, 'call'>): boolean {
  const { target, format } = job;
  const dialect = ownDialects[target.dialect];
  if (dialect === undefined || format === 'embeddings') return false;
  const asked = readAsked(job);
  if (asked === null) return false;
  const { stream } = asked;
  const { options, ignored } = targetOptions(asked, job);
  const made = dialect.request(options, { ...target, stream });
  const left = [...ignored, ...(made?.ignored ?? [])];
  if (made === null || (job.strict && left.length > 0)) return false;
  const body = Buffer.from(JSON.stringify(made.body));
  const headers = [['Content-Type', 'application/json'] as const, ...dialect.headers];
  const inbound: Inbound = {
    ...request.inbound,
    model: target.model,
    headers: upstreamHeaders(request, headers, body.byteLength),
    takeBody: (tap) => {
      tap(body);
      return body;
    },
  };
  const path = target.url.replace(/^https?:\/\/[^/]*/, '') + dialect.path(target.model, stream);
  tellTranslated(request, left);
  passages.call(inbound, ownReply({ request, job, asked, dialect, ignored: left }), request.target.api, path);
  return true;
}

function readAsked(job: OwnJob): Asked | null {
  try {
    return askedIn(job);
  } catch (error) {
    if (error instanceof Untranslatable) return null;
    throw error;
  }
}

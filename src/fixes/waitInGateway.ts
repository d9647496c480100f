import type { Fix } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';
import { declaredIn, inCatalogue } from './fallback.ts';
import { memberEdits } from './source/memberEdits.ts';

/** The longest that a gateway lets a call wait, and what it does unless told otherwise; in seconds. */
const longestWait = 3600;
const usualWait = 60;

/** Lets calls wait in the gateway until the time that a refusal names. */
export const waitInGateway: Fix = (context) => {
  const api = declaredIn(context);
  const { catalogue, finding } = context;
  const { helps, afterSeconds } = finding.diagnosis.retry;
  if (api === null || catalogue == null || api.queues || !helps || afterSeconds === null) return [];
  if (afterSeconds > longestWait) return [];
  const maxWait = Math.min(longestWait, Math.max(usualWait, Math.ceil(afterSeconds / 30) * 45));
  const edits = memberEdits(catalogue.text, ['apis', api.name, 'retryAfter'], { queue: true, maxWait });
  const title = text('Wait for Retry-After in the gateway');
  return [{ kind: 'edit', id: 'waitInGateway', title, edits, other: inCatalogue(catalogue), save: true }];
};

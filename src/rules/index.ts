import type { Diagnosis } from '../shared/finding.ts';
import type { Subject } from '../shared/subject.ts';
import { ownAccess } from './ownAccess.ts';
import { believable } from './believable.ts';
import { cardRefusal } from './cardRefusal.ts';
import { clause } from './clause.ts';
import { codeInText } from './codeInText.ts';
import { codeWords } from './codeWords.ts';
import { complete } from './complete.ts';
import { fewWords } from './fewWords.ts';
import { foreignClause } from './foreignClause.ts';
import { googleQuota } from './googleQuota.ts';
import { openrouterLimit } from './openrouterLimit.ts';
import { ownBudget } from './ownBudget.ts';
import { ownRoute } from './ownRoute.ts';
import { paymentChallenge } from './paymentChallenge.ts';
import { quotaHeaders } from './quotaHeaders.ts';
import { refine } from './refine.ts';
import type { Rule } from './rule.ts';
import { adviceLink, adviceWords, sentenceWords } from './sentenceWords.ts';
import { statusAlone } from './statusAlone.ts';
import { suspicious } from './suspicious.ts';
import { borrowedCode, vendorCode } from './vendorCode.ts';
import { vendorStatus } from './vendorStatus.ts';
import { View } from './view.ts';
import { weakCode } from './weakCode.ts';
import { wrongDoor } from './wrongDoor.ts';

/** What Tollgate itself says first; protocol challenges before money, structured codes before sentences, sentences before the status. The first wins. */
const rules: readonly Rule[] = [
  ownAccess,
  ownBudget,
  ownRoute,
  paymentChallenge,
  cardRefusal,
  openrouterLimit,
  googleQuota,
  quotaHeaders,
  wrongDoor,
  vendorCode,
  borrowedCode,
  codeWords,
  sentenceWords,
  foreignClause,
  adviceLink,
  adviceWords,
  fewWords,
  codeInText,
  vendorStatus,
  weakCode,
  clause,
  statusAlone,
];

/** Why an exchange was refused, or null where nothing about paying is wrong with it. Never throws. */
export function diagnose(subject: Subject): Diagnosis | null {
  if (!suspicious(subject)) return null;
  const view = new View(subject);
  if (
    view.successful &&
    !view.body.reportsFailure &&
    view.header('grpc-status') === undefined &&
    view.header('crawler-error') === undefined
  )
    return null;
  if (ordinary(view)) return null;
  for (const rule of rules) {
    const verdict = rule.look(view);
    if (verdict !== null && believable(view, rule.name, verdict))
      return complete(view, rule.name, refine(view, verdict));
  }
  return null;
}

/** A request that is wrong in itself, by a code of the vendor that sounds like something else. */
function ordinary({ provider, status, codes }: View): boolean {
  const known = provider?.ordinary;
  if (known === undefined || status === 401 || status === 402 || status === 429) return false;
  const meant = provider?.codes ?? {};
  // An outcome in general stands beside the reason in particular.
  return codes.some(({ value }) => known.includes(value)) && !codes.some(({ value }) => Object.hasOwn(meant, value));
}

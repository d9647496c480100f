import type { Cause } from '../shared/finding.ts';
import type { Rule } from './rule.ts';
import type { View } from './view.ts';

/** Codes that vendors put on several causes; they count only where no sentence says more. Words, lower case. */
const weak: readonly { readonly words: RegExp; readonly cause: Cause }[] = [
  {
    words: /^(?!.*\binvalid\b).*(?:rate ?limit|resource exhausted|too many|limit exceeded|quota)/,
    cause: 'rate_limit',
  },
  { words: /authentication|unauthori[sz]ed|access denied exception|invalid token/, cause: 'token_expired_or_invalid' },
  {
    words: /payment not settle|settlement (?:failed|pending)|payment authorization expired/,
    cause: 'payment_protocol_challenge',
  },
  {
    words: /^(?!.*\b(?:creation|created|already|not found|invalid|validation)\b).*(?:billing|payment)/,
    cause: 'insufficient_funds',
  },
  { words: /^(?!.*\b(?:already|creation|created)\b).*subscription/, cause: 'subscription_inactive_or_missing' },
];

/** A limit that is exceeded under another status than 429 is one of number or of sum, not of pace. */
function resources({ status }: View, cause: Cause): Cause {
  return cause === 'rate_limit' && status !== null && status >= 400 && status < 429 ? 'usage_quota_exceeded' : cause;
}

/** A code that tells the family of the refusal, and no more. */
export const weakCode: Rule = {
  name: 'weakCode',
  look(view) {
    for (const { words, cause } of weak) {
      const code = view.codes.find((candidate) => words.test(candidate.words));
      if (code !== undefined && !(cause === 'token_expired_or_invalid' && view.status === 403))
        return { cause: resources(view, cause), confidence: 0.6, evidence: [code.evidence] };
    }
    return null;
  },
};

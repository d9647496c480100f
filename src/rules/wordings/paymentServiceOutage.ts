import { anyOf, type Wording } from './wording.ts';

/** The machinery of paying is broken, not the purse. */
export const paymentServiceOutage: Wording = {
  name: 'paymentServiceOutage',
  cause: 'payment_service_outage',
  codes: anyOf(
    '(?:payment|billing|settlement|facilitator|wallet|credit|balance)s? (?:service |system |provider |processor |gateway |check )?(?:unavailable|outage|timeout|down|internal)',
    '(?:payment|settlement|facilitator|wallet) (?:service |system |provider |processor |gateway )?error\\b|(?:billing|credit|balance) (?:service|system|check) error',
    'fail(?:ed|ure)?(?: to)? (?:process|debit|deduct|reserve|update|load) (?:\\w+ )?(?:wallet|balance|credits?|billing)|processing error|issuer (?:not available|unavailable)|processor (?:error|unavailable|timeout)|settlement (?:failed|error)|^billing (?:auth )?failed',
  ),
  about:
    /payment|billing|wallet|charg|settl|checkout|facilitator|balance|credit|quota|budget|subscription|issuer|processor|acquirer|transaction|card/,
  says: anyOf(
    '\\b(?:payments?|billing|charging|settlement|checkout|facilitator|payment processor|payment provider)\\b[^.]{0,40}\\b(?:temporarily unavailable|unavailable|unreachable|offline|outage|(?:is|are) down|timed out|timeout|not responding|degraded|experiencing)',
    "\\b(?:could not|couldn't|unable to|failed to|cannot) (?:verify|check|fetch|retrieve|determine|load|reach|contact|validate) (?:your |the |user |account |customer )?(?:\\w+ )?(?:balance|credits?|billing(?! (?:address|details|info))|quota|budget|subscription|payment(?! (?:method|details|info|source)))",
    '\\b(?:issuer|processor|payment gateway|acquirer)\\b[^.]{0,30}\\b(?:not available|unavailable|unreachable|could not be reached)',
    '\\b(?:trouble|problems?|issues?|difficult\\w*|errors?|fail\\w*) (?:\\w+ ){0,2}(?:reaching|contacting|connecting|with|communicating) (?:\\w+ ){0,2}(?:payments?|billing)\\b',
    '\\b(?:charge|payment|balance|transaction|credit|settlement)s?\\b[^.]{0,30}\\b(?:being|still|not yet) (?:being )?(?:reconciled|processed|settled|confirmed|synced|updated)\\b',
    '\\bfail(?:ed|ure) to (?:process|debit|deduct|reserve|update) (?:\\w+ )?(?:wallet|balance|credits?|billing)\\b',
    '\\berror occurred while processing (?:your|the) (?:card|payment)',
  ),
  alternatives: ['payment_method_invalid'],
};

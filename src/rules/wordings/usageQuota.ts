import { anyOf, type Wording } from './wording.ts';

const period =
  '(?:per|a|each|this|the|current|next)[ -](?:day|week|month|year|billing (?:period|cycle)|calendar month)|daily|weekly|monthly|yearly|annual|hourly|(?:\\d+|five)[- ]hours?|rpd\\b|tpd\\b|billing (?:period|cycle)|/ ?(?:day|month|week|year)';

/** A limit that is told to be for hours or longer. */
export const usagePeriod: Wording = {
  name: 'usagePeriod',
  cause: 'usage_quota_exceeded',
  codes: /(?:per|a) ?(?:day|week|month|year)\b|\b(?:daily|weekly|monthly|yearly|annual)\b(?! spend| budget| cost)/,
  says: anyOf(
    `(?<![a-z])(?:${period})\\b[^.]{0,80}\\b(?:limit|quota|cap|allowance|allocation|usage|neurons|requests|calls|capacity|tokens|credits|exceeded|reached|ceiling)\\b`,
    // Container images are counted over six hours.
    '\\bpull rate limit\\b|^error code: 1027\\b',
    // Not of the caller, but of whoever has the site (Cloudflare's error 1027).
    '\\bowner has reached (?:its|their) (?:\\w+ )?limits?\\b',
    `\\b(?:limit|quota|cap|allowance|allocation|exceeded|reached|used|capacity|usage|frequency|requests|calls|searches|queries|messages)\\b[^.]{0,160}(?<![a-z])(?:${period})(?![a-z])`,
  ),
  alternatives: ['rate_limit', 'insufficient_funds'],
};

/** What the plan includes for a day, a week, a month is used up. */
export const usageQuota: Wording = {
  name: 'usageQuota',
  cause: 'usage_quota_exceeded',
  codes: anyOf(
    '(?:quota|allowance|allocation|usage(?: limit)?|included usage|(?:plan|api|call|request|search|message|transaction) limit|limit reached|cap) (?:\\w+ )?(?:exceeded|exhausted|reached|used up|limit|depleted|over)',
    '(?:exceeded?|exhausted|over|out of|maximum|max) (?:\\w+ )?(?:quota|usage|allowance|plan limit|cap\\b|calls)',
    '(?:calls|requests|searches|messages|queries|units|volume) (?:exhausted|exceeded|used up|depleted)',
    '(?:insufficient|not enough|out of|no) (?:disk )?(?:space|storage)|(?:storage|disk|space) (?:\\w+ )?(?:full|exceeded|exhausted)',
    'over (?:query|request|usage) limit|quota exceeded|usage exceeded|limit exceeded exception|overage limit|quota (?:error|limit)|resource pack(?:age)? (?:exhaust|deplet|expired)|total limit|^(?:call|request|quota|usage|plan|day|daily) limit$|rate limited day|free quota|monthly limit|hourly quota|transaction limit',
  ),
  about:
    /quota|limit|allowance|allocat|volume|usage|free|plan|tier|maximum|credit|calls?|request|quer|search|messages|generations|minutes|exhausted|already|assigned|allotted|included|complimentary|bundled|units|characters|cap\b|ceiling|resource/,
  says: anyOf(
    '\\b(?:quota|usage limit|allowance|allocation|request limit|call volume|free (?:\\w+ )?limit|api limit|account limit|plan limit|included usage|usage cap|free requests|free credits)\\b[^.]{0,60}\\b(?:exceed|reach|exhaust|used up|deplet|hit|consumed|run out|over|limit|spent|gone|finished)',
    "\\b(?:exceed|exceeds|exceeded|exceeding|reached|exhausted|hit|surpassed|used up|used all|run out of|ran out of|out of|over|consumed)\\b[^.]{0,60}\\b(?:quota|usage limit|allowance|allocation|monthly|call volume|plan'?s?(?: \\w+){0,2} limit|included|free tier|maximum (?:number of )?(?:credits|requests)|limit (?:of|for) (?:your|the) (?:plan|subscription|tier))",
    '\\blimits? (?:is |are |was |were |has been |have been )?reach(?:ed)?\\b|\\b(?:assigned|allotted|allocated|included|complimentary|bundled) (?:\\w+ )?(?:credits?|units|tokens|points|minutes|characters|seconds)\\b',
    '\\b(?!(?:rate|range|offset|window|batch|query|size|time|memory|length|token|context|depth|file|upload|payload|body|header|spend|spending|budget|credit|cost|connection|login|retry|redirect|cpu|character|parameter|page|row|result|field|nesting|complexity|value|string|input|output|stack|call|billing) )[a-z]{3,} limit (?:has been |was )?(?:exceeded|reached|hit)\\b',
    '\\balready (?:have|has|own|created|use\\w*|reached) \\d+ \\w+[^.]{0,40}\\b(?:maximum|limit|allowed|most)\\b|\\bmaximum credits exceeded|\\bcredit usage exceeded|\\bexceeded[^.]{0,40}\\bincluded credits|\\bincluded credits\\b[^.]{0,40}\\b(?:deplet|exhaust|used)',
    '\\b(?:currently )?(?:limited|restricted) to \\d+ (?!(?:requests?|calls?|tokens?|queries) )\\w+|\\balready has (?:a|an|another|one) free\\b',
    "\\busage exceeded\\b|\\bexceed(?:s|ed)?\\b[^.]{0,40}\\b(?:package|plan|subscription)(?:'s)? (?:\\w+ )?limits?\\b",
    '\\b(?:api )?(?:call|request|query|search)s?(?: limit| count)? (?:has been |was )?(?:exceeded|exhausted|used up)\\b',
    '\\bno (?:\\w+ ){0,2}(?:requests|calls|searches|messages|generations|minutes|units|characters) (?:left|remaining|available)\\b|\\bexhausted the number of\\b|\\bincluded (?:calls|requests|usage|credits|minutes|tokens)\\b[^.]{0,20}\\bused\\b|\\bresource pack(?:age)?s?\\b[^.]{0,20}\\b(?:deplet|exhaust|used up|expired)',
  ),
  abroad: anyOf(
    '(?:每日|每天|每月|每周|当日|本月|日|月|周).{0,8}(?:限额|配额|额度|上限|用量|次数)|配额.{0,6}(?:超|用尽|耗尽|不足)|免费额度|调用次数.{0,6}(?:超|用)|(?:使用|用量).{0,4}上限|límite (?:diario|mensual)|cuota (?:diaria|mensual|excedida|agotada)|quota (?:dépassé|journalier|mensuel)|kontingent|tageslimit|monatslimit|(?:1日|月間|日次).{0,10}(?:上限|制限)|(?:일일|월간).{0,8}(?:한도|제한)|дневн\\w+ лимит|месячн\\w+ лимит|cota (?:diária|mensal|excedida)',
  ),
  alternatives: ['rate_limit', 'insufficient_funds'],
};

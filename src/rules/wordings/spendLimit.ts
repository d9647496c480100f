import { anyOf, type Wording } from './wording.ts';

const cap = '(?:limit|cap|budget|ceiling|threshold|maximum)';

/** A cap that somebody on the paying side has set. */
export const spendLimit: Wording = {
  name: 'spendLimit',
  cause: 'spend_limit_or_budget_reached',
  codes: anyOf(
    `(?:spend|spending|billing|cost|budget|overage|usage spend|payment)(?: \\w+)? ${cap}`,
    `budget (?:is |has |been )*(?:exceeded|reached|exhausted|crossed|error|depleted|limit)`,
    '(?:exceeded?|over|crossed) (?:the )?budget|max budget|key limit|(?:exceed|hit|reach)\\w* (?:spend|cost)',
    '(?:consume )?token quota (?:\\w+ )?(?:fail\\w*|exceeded|exhausted)|hard limit (?:reached|exceeded)|max(?:imum)? (?:spend|cost|billing)',
  ),
  about: /spen|billing|cost|expend|overage|payment|recharge|top|reload|budget|limit|cap\b|threshold/,
  says: anyOf(
    `\\b(?:spend|spending|billing|cost|expenditure|overage|payment|recharge|top-?up|reload)(?: hard| soft| usage| credit| monthly| daily)? ${cap}s?\\b`,
    `\\b(?:monthly|daily|weekly|hard|maximum|max) (?:spend|spending|billing|cost|budget)\\b`,
    '\\bspent \\$?[\\d.,]+ of (?:its|your|the|a) [^.]{0,20}budget\\b|\\bbudget\\b[^.]{0,60}\\b(?:exceed|reach|exhaust|cross|used up|over|deplet|spent|hit|limit)',
    '\\b(?:exceed|exceeds|exceeded|exceeding|reached|hit|over|crossed|exhausted)\\b[^.]{0,50}\\b(?:budget|spending|max budget|spend)\\b',
    '\\bmaximum billing\\b|\\bkey limit exceeded|\\bkey\\b[^.]{0,40}\\bhigher (?!rate)(?:\\w+ )?limit(?!s)',
    '\\b(?:specified|configured|custom|self-imposed) (?:\\w+ ){0,3}(?:limits?|cap|threshold)\\b|\\bspend(?:ing)? (?:alert )?(?:limit|threshold|cap)\\b',
    '\\b(?:limit|cap)\\b[^.]{0,40}\\b(?:set|configured|imposed|defined|chosen)(?: up)? (?:by|for|in|on) (?:you|your|an?|the (?:admin|owner|org|key|dashboard|team|workspace))',
    '\\bkey(?:\\W?s)?(?: has)?(?: \\w+)? (?:credit|spend|spending|cost|budget|usage) (?:limit|cap)\\b',
    '\\bhard limit\\b|\\b(?:monthly|daily|weekly) spend\\b|\\busage limits? (?:exceeded|reached) (?:for|on|of) (?:the |this |your |given )*(?:virtual |api )?key\\b',
  ),
  abroad: anyOf(
    '(?:令牌|密钥|api ?key).{0,6}额度.{0,6}(?:用尽|不足|用完|耗尽|超)|(?:预算|消费(?:限额|上限)|支出(?:限额|上限)).{0,10}(?:超|达|用)|límite de gasto|límite de presupuesto|budget dépassé|ausgabenlimit|利用上限額',
  ),
  alternatives: ['insufficient_funds', 'usage_quota_exceeded'],
};

import { anyOf, type Wording } from './wording.ts';

const money = '(?:credits?|balance|funds?|money|wallet|tokens? balance|prepaid|deposit|coins?|points)';

/** Either of two that the vendor does not tell apart: the purse is named first. */
export const fundsOrLimit: Wording = {
  name: 'fundsOrLimit',
  cause: 'insufficient_funds',
  says: /\bcredits?\b[^.]{0,20}\bor\b[^.]{0,40}\b(?:limit|budget)\b/,
  alternatives: ['spend_limit_or_budget_reached'],
};

/** The purse is empty, or too light for this call. */
export const fundsMissing: Wording = {
  name: 'fundsMissing',
  cause: 'insufficient_funds',
  codes: anyOf(
    `(?:insufficient|not enough|no more|no|low|zero|negative|out of|exhausted|depleted|lacking|inadequate|exceeded) (?:\\w+ ){0,2}${money}\\b`,
    `${money} (?:\\w+ ){0,2}(?:insufficient|not enough|too low|low|exhausted|depleted|empty|exceeded|required|used up|negative|limit)`,
    'arrear|insufficient (?:user |account )?quota|pre ?(?:consume|deduct)\\w*|top ?up|recharge|balance not enough',
  ),
  about:
    /credit|balance|fund|money|wallet|prepaid|deposit|coin|point|enough|afford|quota|payment|usage|arrears|standing|\d|tokens/,
  says: anyOf(
    `\\b(?:insufficient|not enough|no more|no|low|zero|negative|out of|exhausted|depleted|lack(?:s|ing)?|inadequate|ran out of|run out of|running out of|more|used (?:up )?all(?: of)?(?: your)?|exceeded your|0)\\b (?:of )?(?:your |available |account |api |prepaid |remaining |the |included |\\w+ ){0,3}${money}\\b(?! card)`,
    `(?:\\bnot|n't|cannot|\\bwithout) (?:have |has |having |got |hold )(?:enough|any|sufficient|more|the required) (?:\\w+ ){0,2}${money}\\b`,
    `\\b${money}\\b[^.]{0,40}\\b(?:insufficient|not enough|not sufficient|too low|is low|exhausted|depleted|is empty|empty|used up|ran out|run out|is negative|is zero|below|fell to|reached zero|required|is 0|needed|gone|spent|drained|used)\\b`,
    "(?:\\bnot|n't) have enough (?!permission|data|info|memory|argument|privilege|rights|access|time|space|storage)\\w+",
    "\\b(?:can only afford|cannot afford|can't afford|insufficient (?:tokens|quota))\\b|\\bquota is not enough\\b|\\bexceeded your current quota\\b|\\bno payment\\b|\\bdraw from your extra usage\\b|\\bout of extra usage\\b|\\bcredit balance\\b",
    '\\b(?:costs?|requires?|needs?|charges?)\\b[^.]{0,30}?\\d[^.]{0,40}\\b(?:has|have|had|with|hold\\w*|remaining|left|available)\\b[^.\\d]{0,20}\\d[^.]{0,30}(?<!tokens )\\b(?:left|remaining|available|balance|credits?)\\b',
    '\\bbalance\\b[^.]{0,20}\\b(?:below|under|negative)\\b|\\b(?:load|add|deposit|transfer) (?:more |some )?(?:money|funds)\\b',
    '\\b(?:send|make|submit) (?:an? )?(?:additional|further) payment\\b|\\buser quota: -?\\d+, need quota\\b|\\bunsufficient (?:\\w+ )?(?:balance|funds|credits?)\\b',
    '\\bin arrears\\b|\\bnever (?:purchased|bought|had|added) (?:any )?credits?\\b|\\baccount is in good standing\\b',
  ),
  abroad: anyOf(
    '欠费|余额.{0,4}(?:不足|为零|耗尽)|(?:余额|余量|额度|积分|点数|资源包).{0,8}(?:不足|用尽|用完|耗尽)|残高(?:が)?不足|クレジット.{0,6}(?:不足|足り)|잔액.{0,4}부족|크레딧.{0,6}부족|saldo insuficiente|fondos insuficientes|créditos? insuficientes?|solde insuffisant|crédits? insuffisants?|guthaben|nicht genügend (?:guthaben|credits)|недостаточно (?:средств|кредит)|saldo tidak',
  ),
  advises: anyOf(
    '\\bpayment (?:is )?required\\b',
    '\\b(?:top[ -]?up|recharge|refill|replenish|add funds|add (?:more )?(?:api )?credits?|(?:buy|purchase) (?:more |additional )?(?:credits?|tokens)|deposit funds|fund your (?:account|wallet))\\b',
    '充值|请.{0,4}购买|チャージ|충전|recarg(?:a|ue|ar)|aufladen|recharger|пополните',
  ),
  alternatives: ['spend_limit_or_budget_reached', 'usage_quota_exceeded'],
};

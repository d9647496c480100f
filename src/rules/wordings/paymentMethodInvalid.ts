import { anyOf, type Wording } from './wording.ts';

/** No card on file, or one that does not work. */
export const paymentMethodInvalid: Wording = {
  name: 'paymentMethodInvalid',
  cause: 'payment_method_invalid',
  codes: anyOf(
    '(?:invalid|missing|no|add|need|needs|require|required|bad|unsupported|incorrect|update) (?:a )?(?:valid )?(?:payment|card|credit card|billing (?:info|details|account|address|method))',
    '(?:payment (?:method|info\\w*|instrument|source|details)|credit card|card(?: number)?|billing (?:info|details|account|address|method|profile)) (?:is |are )?(?:not provided|invalid|missing|required|not|needed|failed|disabled|closed|unverified)',
    'mandate (?:is |was )?(?:inactive|failed|cancelled|expired|invalid|not|missing|revoked)',
    'billing not found|billing (?:not|isnt|not yet|has not been) (?:enabled|configured|set ?up)|billing (?:disabled|required|setup|failed|not enabled)|setup billing|enable billing',
    '^payment (?:failed|method failed)$|invoice (?:unpaid|not paid)|unpaid invoice',
  ),
  about: /payment|card|billing|number|security|paid|charge|invoice|renewal/,
  says: anyOf(
    "\\b(?:need|needs|requires?|missing|without|lack of|no|valid|must have|don't have|do not have|does not have)\\b[^.]{0,30}\\b(?:payment (?:method|info\\w*|details|instrument|source|card)|credit card|debit card|billing (?:info\\w*|details|address|method|account|profile))",
    '\\b(?:payment (?:method|info\\w*|details|instrument|source)|credit card|billing (?:info\\w*|details|method))\\b[^.]{0,20}\\b(?:required|needed|missing|invalid|not valid|not found|incorrect|incomplete|failed|is not (?:set|configured|verified|supported))',
    '\\bhas billing disabled\\b|\\bbilling account\\b[^.]{0,60}\\b(?:disabled|absent|closed|not found|not open|delinquent)\\b|\\bbilling (?:has not been|must be|needs? to be|is not|is disabled|not)\\b.{0,20}(?:enabled|set ?up|configured|activ|disabled)?',
    '\\b(?:cannot|can.t|can not|not) be paid (?:with|by|using|from)\\b',
    '\\b(?:not|never|yet to) (?:activat|enabl|set up|configur|verif)\\w* (?:\\w+ )?(?:payments?|billing)\\b|\\benable payments\\b',
    '\\b(?:card|account|routing) number (?:is )?(?:invalid|incorrect|not valid)|\\bsecurity code is (?:invalid|incorrect)',
    '\\b(?:payment|last charge|invoice|renewal)s? (?:has |have |was |could not be |couldn.t be )?(?:failed|processed unsuccessfully|collected|charged|settled)\\b|\\bfailed payment\\b',
  ),
  abroad: anyOf(
    '(?:账单|支付方式).{0,4}无效|未绑定.{0,6}(?:支付|卡)|(?:méthode|moyen) de paiement|método de pago|zahlungsmethode|支払い方法|결제 ?수단',
  ),
  advises: anyOf(
    '\\b(?:add|adding|update|updating|provide|enter|set ?up|attach|connect|link|register|verify|check)\\b[^.]{0,30}\\b(?:payment (?:method|info\\w*|details|instrument|source|card)|credit card|debit card|billing (?:info\\w*|details|address|method|account|profile))',
    '\\b(?:add|update|replace|link|register|attach|provide|enter|use) (?:a |an |your |another |a different |a valid |a new )*(?:credit |debit |bank |payment )?cards?\\b',
    '\\b(?:set ?up|enable|activate|configure|turn on) billing\\b',
    '(?:绑定|添加|设置).{0,6}(?:支付方式|银行卡|信用卡)',
  ),
  alternatives: ['payment_service_outage', 'subscription_inactive_or_missing'],
};

import { anyOf, type Wording } from './wording.ts';

/** A bank or a processor refused one charge. */
export const cardDeclined: Wording = {
  name: 'cardDeclined',
  cause: 'card_declined',
  codes: anyOf(
    '\\bcard (?:was )?(?:declined|refused|rejected)|\\bdeclined\\b(?!.*(?:quota|rate))|generic decline|do not honou?r|payer action required',
    '(?:instrument|transaction|payment|charge|bank|issuer|processor) (?:was )?(?:declined|refused|rejected)',
    'failed fraud check|suspected fraud|(?:lost|stolen|pickup|restricted|fraudulent) card|pick up card|payment authentication|authentication required',
  ),
  about: /card limit|declin|different|another|refused|reject|authori[sz]ed|hono|your card/,
  says: anyOf(
    '\\b(?:card|payment|transaction|charge|instrument|purchase)\\b[^.]{0,60}\\b(?:declined|was refused|was rejected|got rejected|not (?:be )?(?:authorized|authorised|honou?red))',
    '\\b(?:try|use) (?:a|another)(?: different)? (?:card|payment method)\\b',
    '\\bdeclined by\\b|\\bdo not honou?r\\b',
    '\\bexceeds? (?:the )?card limit|\\bcard limit (?:is |was )?exceeded',
    '\\byour card (?:has insufficient funds|does not support|was not accepted)',
  ),
  abroad: anyOf(
    '(?:支付|付款|银行卡).{0,6}(?:被拒|拒绝)|tarjeta (?:fue )?(?:rechazad|declinad)|carte (?:a été )?refusée|karte wurde abgelehnt|cartão (?:foi )?recusad',
  ),
  alternatives: ['payment_method_invalid', 'insufficient_funds'],
};

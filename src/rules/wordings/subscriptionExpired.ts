import { anyOf, type Wording } from './wording.ts';

const contract =
  '(?:subscription|trial|free trial|trial period|licen[sc]e|membership|plan|prepaid bill|evaluation|demo|voucher|coupon|promo\\w*|pilot|grace period|package|token plan|coding plan|contract)';
const end =
  '(?:expired|ended|lapsed|cancell?ed|over\\b|elapsed|overdue|has run out|run out|ran out|exhausted|terminated|come to (?:an|its) end|concluded|no longer active|finished)';

/** Either of two that the vendor does not tell apart: that there is none is named first. */
export const subscriptionNone: Wording = {
  name: 'subscriptionNone',
  cause: 'subscription_inactive_or_missing',
  says: /\b(?:no|not have|without|lacks?)\b[^.]{0,45}\b(?:subscription|licen[sc]e|membership|plan)\b[^.]{0,20}\bor\b[^.]{0,30}\b(?:expired|ended|lapsed)|\b(?:no|need|needs|requires?|without|must have) (?:an? )?active,? (?:paid )?(?:subscription|membership|licen[sc]e)\b/,
  alternatives: ['subscription_expired', 'plan_upgrade_required'],
};

/** There was a subscription, trial or licence, and it ended. */
export const subscriptionExpired: Wording = {
  name: 'subscriptionExpired',
  cause: 'subscription_expired',
  codes: anyOf(
    `${contract} (?:is |has |was |been |period )*${end}`,
    `(?:expired|ended|lapsed|cancell?ed) (?:${contract})`,
  ),
  about:
    /expired|ended|lapsed|cancel|over\b|elapsed|overdue|r[au]n out|exhausted|terminated|its end|an end|concluded|no longer|finished/,
  says: anyOf(
    `\\b${contract}\\b[^.]{0,40}\\b(?:is|has|was|have|had|been|already|period)\\b[^.]{0,15}\\b${end}`,
    `\\b${contract} ${end}`,
    '\\b(?:this service|(?<!bank )account) (?:is|has|was) (?:already )?expired\\b',
    '\\b(?:trial|free|promotional|bonus|cloud|grant) credits? (?:have |has )?(?:expired|lapsed|ended)\\b',
    `\\b(?:expired|lapsed|ended|cancell?ed) (?:\\w+ )?(?:subscription|trial|licen[sc]e|membership)\\b`,
  ),
  abroad: anyOf(
    '(?:套餐|订阅|会员|试用|授权).{0,8}(?:过期|到期|失效|结束|已过)|suscripción (?:ha )?(?:expirad|vencid|caducad)|abonnement (?:a )?expir|abonnement (?:ist )?abgelaufen|assinatura (?:expirou|vencid)|サブスクリプション.{0,8}(?:期限|終了)|구독.{0,8}(?:만료|종료)|подписка.{0,8}(?:истекла|закончилась)',
  ),
  advises: /\brenew (?:your|the) (?:subscription|plan|licen[sc]e|membership|contract)\b|续费|续订/,
  alternatives: ['subscription_inactive_or_missing', 'account_suspended'],
};

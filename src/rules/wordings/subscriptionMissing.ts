import { anyOf, type Wording } from './wording.ts';

/** Nothing was ever bought here, or what was bought is not switched on. */
export const subscriptionMissing: Wording = {
  name: 'subscriptionMissing',
  cause: 'subscription_inactive_or_missing',
  codes: anyOf(
    '(?:no|without|missing|requires?|needs?) (?:an? )?(?:active )?(?:subscription|membership|licen[sc]e|plan)\\b',
    '(?:subscription|membership|licen[sc]e|product) (?:is )?(?:required|not|inactive|missing|invalid|none|needed|unpaid|incomplete|paused)',
    '(?:service|product|model|api) (?:is )?not (?:activated|opened?|purchased|subscribed)|not subscribed|unsubscribed|unpurchased|not purchased|not signed up|no copilot access|purchase required|no (?:active )?entitlement|entitlement (?:required|inactive)|not entitled|not licensed|unlicensed|^inactive$',
  ),
  about: /subscri|licen|member|entitle|purchased|signed|active (?:paid )?(?:plan|package)/,
  says: anyOf(
    "\\b(?:no|not have|without|don't have|doesn't have|requires?|needs?|must have|need|missing|couldn't find|not found an?)\\b[^.]{0,45}\\b(?:active |valid |paid |current )?(?:subscription|membership|licen[sc]e|entitlement)\\b",
    '\\b(?:subscription|membership|licen[sc]e)\\b[^.]{0,20}\\b(?:required|needed|is inactive|not active|not found|is missing|is not (?:valid|active)|inactive|is paused|is unpaid|incomplete)',
    "\\b(?:not|isn't|aren't|haven't|hasn't|never) (?:yet )?(?:been )?(?:subscribed|purchased|signed up|licensed)\\b",
    '\\b(?:ensure|make sure|check|verify)\\b[^.]{0,30}\\b(?:subscription|membership|licen[sc]e) is (?:active|valid|current)\\b',
    "\\b(?:no|not have|without|don't have|doesn't have|requires?|needs?|must have|missing) (?:an? )?active (?:paid )?(?:plan|package)\\b",
    '\\bnot (?:part of|a member of) (?:a|an|any) (?:paid |team |enterprise )?(?:plan|organi[sz]ation with)',
  ),
  abroad: anyOf(
    '(?:未|没有|尚未).{0,4}(?:订阅|购买|开通).{0,10}|无可用.{0,4}套餐|sin suscripción|necesita(?:s)? una suscripción|abonnement requis|kein abonnement|サブスクリプションが必要|구독이 필요',
  ),
  advises:
    /\b(?:enable|activate|turn on|switch on) (?!billing|payments?)[^.]{1,40}\b(?:through|in|on|via|from) (?:the|your) [^.]{0,30}\b(?:dashboard|console|portal)\b|\bsubscribe (?:to|for|at|now)\b|\bplease subscribe\b|\bstart (?:a|your) (?:subscription|trial|free trial)\b|\bsign up for\b/,
  alternatives: ['subscription_expired', 'plan_upgrade_required'],
};

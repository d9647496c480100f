import { anyOf, type Wording } from './wording.ts';

const tier = '(?:plan|tier|package|subscription(?: type| level| plan)?|edition)';
const level = '(?:paid|pro|premium|plus|enterprise|business|team|growth|scale|professional)';

/** The plan does not include what was asked for, however little of it was used. */
export const planUpgrade: Wording = {
  name: 'planUpgrade',
  cause: 'plan_upgrade_required',
  codes: anyOf(
    'upgrade (?:required|needed|plan)|plan (?:upgrade|limit|not|restrict|insufficient|too low|does)|(?:requires?|need) (?:an? )?(?:upgrade|paid|pro|premium|enterprise|higher)',
    '(?:not|feature|model) (?:\\w+ )?(?:in|on|for|available in|included in) (?:\\w+ )?plan|feature not (?:available|enabled|included)|(?:paid|premium|pro|enterprise) (?:plan |tier |feature )?(?:required|only)|free (?:plan|tier|user|account) (?:not|restrict|limit)|usage not included|feature (?:unavailable|locked|gated)|(?:paid|premium|pro|enterprise) (?:teams?|workspaces?|accounts?|users?|plans?|tiers?) only|not authorized for plan|insufficient (?:plan|tier)|maximum results reached|licen[sc]e (?:\\w+ )?limit|not licen[sc]ed for|plan (?:\\w+ )?not include',
  ),
  about:
    /compliant|licen|plan|tier|package|subscription|edition|paid|\bpro\b|premium|plus|enterprise|business|team|growth|scale|professional|higher|standard|entitled|access|requires payment|free|trial|developer|starter|basic|hobby|account|level|extra usage|usage credits|upgrade|special|been (?:purchased|granted|bought|licensed)|disabled|available|enabled|locked/,
  says: anyOf(
    `\\b(?:not|isn't|aren't|doesn't|does not|cannot|can't|unavailable|only)\\b[^.]{0,60}\\b(?:on|in|with|for|by|under|to|of) (?:your|the|this|a|our|free|current|paid|higher|\\w+)[^.]{0,25}\\b${tier}\\b`,
    `\\b${tier}\\b[^.]{0,30}\\b(?:does not|doesn't|do not|cannot|can't|not)\\b (?:yet |currently )?(?:include|support|allow|have access|cover|permit|use)`,
    `\\b(?:requires?|need|needs|must (?:be on|have|upgrade)|available (?:only )?(?:on|to|for|with|in)|exclusive to|reserved for|restricted to|limited to)\\b[^.]{0,30}\\b(?:paid|pro|premium|plus|enterprise|business|team|higher|standard|growth|scale|professional)\\b[^.]{0,20}(?:\\b(?:${tier}|users?|customers?|subscribers?|accounts?|feature|members?)\\b)`,
    `\\b(?:requires?|needs?) an? ${tier} upgrade\\b|\\b${level} (?:${tier}) (?:is |are )?required for (?:this|that|the) (?:feature|endpoint|model|tool|operation)`,
    `\\b(?!active|valid|current|billing|paid|this|that|your|the|an?\\b)\\w+ (?:plan|tier|edition) (?:or (?:higher|above|better) )?(?:is |are )required\\b|\\blicen[sc]e (?:\\w+ )?limit (?:has been |is |was )?(?:reached|exceeded|hit)`,
    `\\b(?:is|are) (?:an?|the|for|only for|just for) (?:\\w+[ -]){0,2}${level} (?:\\w+ )?(?:feature|endpoint|option|tier|plan|add-?on|perk|benefit|users?|customers?|members?|subscribers?)`,
    `\\b(?:needs?|requires?|begins? with|starts? (?:at|with)|comes? with|part of|included (?:in|with)|unlocked (?:by|with|on))\\b[^.]{0,30}\\b${level}(?=\\W*$|[.,;)]| (?:or|and) (?:above|higher|better|up)\\b)`,
    `\\b(?:model|feature|endpoint|tool|voice|method)\\b[^.]{0,40}\\bnot (?:supported|available|allowed|enabled|accessible)\\b[^.]{0,60}\\baccounts?\\b`,
    `\\b(?:account|organi[sz]ation|team|key|you|user|project)\\b[^.]{0,20}\\b(?:doesn't|does not|do not|don't) have access to (?:the |this )?(?:requested )?(?:model|claude code)\\b`,
    '\\b(?:requires?|needs?) (?:usage )?(?:tier|level) \\w+\\b|\\b(?:high enough|higher) (?:\\w+ )?tier\\b|\\baccessible to billed users\\b|\\bavailable (?:only )?(?:for|on|to|from) \\w+ (?:and|or) (?:above|higher|up)\\b',
    `\\bno access\\b[^.]{0,60}\\b${tier}\\b|\\b${level}[- ]only\\b`,
    '\\b(?:no more than|at most|up to|only|limited to|maximum of) \\d+\\b[^.]{0,80}\\bon (?:the|a|your) \\w+ (?:plan|tier)\\b',
    '\\bno \\w+(?: \\w+)? (?:has|have) been (?:purchased|granted|bought|licensed)\\b',
    '\\blicen[sc]e is (?:non-compliant|not compliant) for\\b',
    '\\b(?:not entitled|not authorized) to (?:this|access|the|use)\\b[^.]{0,80}(?:plan|upgrade|subscri|pricing)|\\bnot entitled to\\b',
    '\\b(?:appropriate|required|correct|necessary|sufficient|different|higher|elevated) access level\\b|\\bfeature requires payment\\b|\\bapi pro endpoint\\b|\\bdoes not have access to (?:the|this)\\b.{0,120}\\bplan\\b',
    "\\b(?:don't|do not|doesn't) have access to (?:this|the|that) (?:resource|endpoint|feature|api|data|model|tool)\\b",
    "\\b(?:free|trial|developer|starter|basic|hobby)(?: \\w+)? (?:accounts?|plans?|tiers?|users?|keys?)\\b[^.]{0,40}\\b(?:limited|restricted|not|cannot|can't|only|no access)",
    '\\b(?:(?:endpoint|feature|model|resource|api|operation|method|action) (?:is )?(?:disabled|unavailable|not available|not enabled|locked) (?:for|on|in|under|with) (?:your|this|the)|extra usage is required|usage credits are required|upgrade (?:to|your)[^.]{0,30}to (?:use|access|unlock|enable|get access)|upgrade required|premium (?:endpoint|feature|query|data)|special endpoint)\\b',
  ),
  abroad: anyOf(
    'プラン.{0,20}(?:利用いただけません|利用できません|含まれていません|対象外)|(?:套餐|版本).{0,8}不支持|plan (?:actual )?no incluye',
  ),
  advises: anyOf(
    '\\bupgrade (?:to|your)[^.]{0,30}to continue\\b|\\bupgrade to [\\w-]+(?=[^\\w-]|$)(?! version)',
    `\\b(?:upgrade|change|choose|switch)\\b[^.]{0,40}\\b(?:${tier}|account|premium|pro|subscription)\\b`,
    '升级.{0,6}(?:套餐|会员|版本|计划)|actualiz(?:a|ar) (?:tu|su) plan|mettre à niveau|upgrade auf',
  ),
  alternatives: ['usage_quota_exceeded', 'subscription_inactive_or_missing'],
};

import { anyOf, type Wording } from './wording.ts';

/** The call went to the wrong door, or was set up for another one. */
export const configuration: Wording = {
  name: 'configuration',
  cause: 'configuration_error',
  codes: anyOf(
    '(?:wrong|invalid|incorrect|unsupported|deprecated|legacy) (?:endpoint|region|base ?url|environment|host|destination|organi[sz]ation|project|account id)',
    '(?:endpoint|region|environment|organi[sz]ation|project|base ?url) (?:mismatch|not match|is wrong|deprecated)|mismatched (?:organi[sz]ation|project)|no such (?:project|organi[sz]ation)|live mode(?! paused)|test ?mode|(?:invalid|insufficient|wrong) amount|amount (?:invalid|too small|too large)|misconfigur|api (?:not|service not|has not been) (?:enabled|activated|used)|service disabled|api disabled|access not configured|not whitelisted|ip (?:not allowed|address blocked|restricted|not whitelisted)|referer (?:blocked|not allowed)|model access denied|channel (?:invalid|no available) key|(?:missing|insufficient) (?:required )?scopes?|scopes? (?:missing|insufficient|required)|unauthorized operation|not allowed model',
  ),
  about:
    /endpoint|url|region|environment|host|test|sandbox|staging|production|live|mainnet|project|disabled|enable|configur|match|belong|correspond|issued|valid|created|registered|tied|verif|\b(?:ip|referr?er|origin)\b|instead| for\b|activated|turned on|scope|access|url|test ?mode/,
  says: anyOf(
    '(?<!or )\\b(?:wrong|incorrect|invalid|legacy|deprecated) (?:destination |api |regional |base )?(?:endpoint|url|region|environment|host)\\b|\\blegacy endpoints?\\b',
    '\\b(?:sandbox|test(?: mode)?|production|live(?: mode)?)\\b[^.]{0,60}\\b(?:sandbox|production|live|test)\\b[^.]{0,20}\\b(?:url|key|keys|mode|endpoint|card|environment)',
    '\\b(?:sandbox|test(?:net)?|staging|live|production|mainnet)\\b (?:api )?(?:key|token|credential)s?\\b[^.]{0,40}\\b(?:sandbox|test(?:net)?|staging|live|production|mainnet|prod)\\b',
    '\\b(?:key|token|credential|account|project|resource|subscription)s?\\b[^.]{0,20}\\b(?:belongs? to|issued (?:for|by)|valid (?:only )?(?:for|in)|created in|registered in|tied to)\\b[^.]{0,20}\\b(?:another|a different|other|the \\w+|\\w+) (?:region|cluster|environment|data ?cent(?:er|re)|platform|endpoint|site)\\b',
    '\\b(?:use|call|try|connect to|send (?:it|this) to|switch to) (?:https?:\\/\\/)?[\\w-]+(?:\\.[\\w-]+)+ instead\\b',
    '\\b(?:key|token|credential|account)s?\\b[^.]{0,60}\\b(?:sandbox|staging|test mode|testnet)\\b[^.]{0,60}\\b(?:production|live|prod|mainnet)\\b',
    '\\b(?:key|token|credential|account)s?\\b[^.]{0,60}\\b(?:production|live|mainnet)\\b[^.]{0,60}\\b(?:sandbox|staging|test mode|testnet)\\b',
    '\\b(?:key|token|credential)s? (?:is|are|was) (?:issued |created |only |valid )?for\\b[^.]{0,60}\\b(?:not|but)\\b|\\b(?:use|call|try|contact)\\s+instead\\b',
    '\\bproject\\b[^.]{0,30}\\bdoes not have access to model\\b',
    '\\b(?:has not been used in project|it is disabled|(?:api|app|application) (?:is |has )?not (?:been )?(?:enabled|activated|turned on)|enable (?:it|the api) by visiting|must be enabled for)\\b',
    '\\bno api key (?:is )?(?:set|configured|available|found)(?: up)? for (?:the |this )?provider|\\b(?:provider|model|deployment|upstream) (?:is )?not configured|\\bmisconfigur',
    "\\b(?:doesn't|does not|not) (?:match|belong to|correspond to)\\b[^.]{0,40}\\b(?:organi[sz]ation|project|account|region|endpoint|key)",
    '\\b(?:public(?: network)?|(?:key|token)[- ]based|local) (?:access|authentication) is disabled\\b|\\bscope requirement\\b|\\binsufficient (?:authentication|oauth|token) scopes?\\b|\\b(?:key|token)\\b[^.]{0,20}\\b(?:lacks?|without|missing|(?:not|n.t) (?:have|carry|include|contain|grant))\\b[^.]{0,30}\\bscopes?\\b|\\b(?:key|team|user|project) (?:is )?not allowed to access (?:this |the )?model\\b',
    '\\brequested url was not found\\b|\\bcan(?:not)? only be used with test ?mode\\b|^service (?:is )?not enabled\\W*$',
    '\\btest purposes only\\b|\\bverified sender|\\bverify (?:a|your) domain\\b',
    '\\b(?:ip|referer|referrer|origin)(?: address)?\\b.{0,50}\\b(?:not (?:allowed|whitelisted|authorized|permitted)|restriction|blocked|not (?:on|in) (?:the|your|an?) (?:\\w+ )?(?:allow|white|access)[ -]?list)',
  ),
  abroad: /无可用渠道|(?:无权|没有权限|无权限).{0,4}(?:访问|使用).{0,8}(?:模型|分组)|ip.{0,6}不在.{0,16}(?:列表|名单)/,
  alternatives: ['token_expired_or_invalid'],
};

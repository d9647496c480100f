import { anyOf, type Wording } from './wording.ts';

const token =
  '(?:api[ -]?keys?|access[ -]?tokens?|refresh[ -]?tokens?|auth(?:entication|orization)?[ -]?tokens?|security tokens?|session tokens?|bearer tokens?|ide token|oauth tokens?|x-api-key|subscription key|(?<!unexpected )(?<!max )(?<!stop )(?<!push )(?<!csrf )(?<!xsrf )token|credentials?|jwt|secret keys?|signature|session|grant|authorization header|(?:api|the|your|client) secret|app ?id)';
const bad =
  '(?:leaked|compromised|exposed|invalid|not valid|incorrect|wrong|expired|revoked|rotated|rolled|superseded|malformed|not found|missing|unknown|not recognized|unrecognized|disabled|deleted|has been (?:revoked|disabled|deleted)|required|not provided|not active|inactive|bad|could not be verified|verification failed|already been used|not exist|no longer valid)';

/** The caller did not prove who he is. */
export const tokenInvalid: Wording = {
  name: 'tokenInvalid',
  cause: 'token_expired_or_invalid',
  codes: anyOf(
    '(?:invalid|incorrect|wrong|expired|revoked|missing|bad|unknown|malformed|no) (?:api ?key|key|access token|auth\\w*|token|credentials?|grant|signature|jwt|client token|session|apikey|appid)\\b',
    '(?:api ?key|access token|refresh token|auth\\w* token|security token|token|credentials?|jwt|signature|session|key) (?:is |has |was |been |does )*(?:invalid|expired|revoked|missing|not valid|not found|reused|incorrect|not exist|disabled|inactive)',
    'auth\\w* (?:is |has )?(?:expired|failed|invalid|missing)|unauthenticated|unrecognized client|invalid (?:signature|client)|signature does not match|not authenticated|authentication (?:failed|fails|failure|required)|expired ?token|login required|auth failure|unauthorized client',
  ),
  about: /key|token|credential|jwt|secret|signature|session|grant|header|app ?id|auth|log ?in|sign ?in/,
  says: anyOf(
    `\\b${token}\\b[^.]{0,60}\\b${bad}(?![a-z])`,
    `\\b${bad} (?:[\\w-]+ ){0,2}["'\`]?${token}(?![a-z])`,
    '\\bauthori[sz]ation failed\\b|\\b(?:supply|provide|pass|include|specify|send) (?:a |an |your )?valid [\\w -]{0,20}(?:key|token|credential)s?\\b',
    '\\bauthenticat(?:ion|e)\\b[^.]{0,20}\\b(?:denied|fail|fails|failed|error|required|invalid|is missing)|\\b(?:not|un)[ -]?authenticated\\b|\\bunable to authenticate|\\bfailed to authenticate',
    '\\b(?:sign|log) ?in again\\b|\\bre-?authenticat|\\btoken expired\\b|\\b(?:login|session) (?:has )?(?:expired|timed out)',
  ),
  abroad: anyOf(
    "(?:密钥|令牌|token|api ?key|身份|鉴权|认证).{0,10}(?:无效|错误|过期|失效|失败|不正确|不存在)|clave (?:de )?api .{0,12}(?:inválid|incorrect)|token .{0,12}(?:inválid|expirad)|clé (?:d')?api .{0,12}(?:invalide|incorrect)|ungültige[rs]? (?:api|schlüssel|token)|無効な(?:api|トークン)|유효하지 않은",
  ),
  advises:
    /\b(?:generate|create|obtain|issue|request|get) (?:a |an |your |another )*(?:new |fresh |valid )*(?:api )?(?:key|token|credential|one)s?\b|\b(?:refresh|renew|rotate|regenerate) (?:your|the|this) (?:\w+ )?(?:key|token|credential)/,
  alternatives: ['configuration_error'],
};

import { anyOf, type Wording } from './wording.ts';

/** Too much in too short a time. It passes. */
export const rateLimit: Wording = {
  name: 'rateLimit',
  cause: 'rate_limit',
  codes: anyOf(
    'per ?(?:minute|second|min|sec)\\b|\\b(?:rpm|tpm|rps|\\w*qps)\\b',
    'rate ?limit(?:ed|ing)?(?: (?:exceeded|reached|error|hit))?$|throttl|too many (?:concurrent |parallel )?(?:requests|connections|calls)|slow ?down|concurren|burst rate|rate quota|overloaded|capacity exhausted|temporary reduced capacity|upstream provider rate limit|request rate|model overloaded|secondary rate|flood|^request limit exceeded|server limit exceeded',
  ),
  about:
    /frequent|throughput|error code|second|minute|min\b|secs?\b|[rtpm]pm\b|ps\b|too many|throttl|concurren|rate|overload|capacity|experiencing|exhausted|memory|temporar|parallel|\/ ?[sm]\b/,
  says: anyOf(
    '\\b(?:per|a|each|every|/) ?(?:\\d+ ?)?(?:minutes?|seconds?|min|secs?)\\b|\\b(?:rpm|tpm|rps|qps|itpm|otpm)\\b|\\b(?:requests?|tokens?)/(?:min|sec|s|m)\\b',
    '\\btoo many (?:concurrent |parallel |simultaneous |api )?(?:requests|connections|calls|queries|attempts)|\\bthrottl|\\bconcurren(?:t|cy)\\b[^.]{0,40}\\b(?:limit|exceed|reach|maximum|max|too many)|\\b(?:limit|maximum|max|exceed\\w*)\\b[^.]{0,40}\\bconcurren(?:t|cy)',
    '\\brequest rate|\\brate[- ]limit(?:s|ed|ing)?(?: for [^.]{1,40}?)?(?: has been| was| is)? ?(?:exceed|reach|hit|upstream|error|temporarily)|\\b(?:over|above|exceeds?|exceeded) (?:\\w+ )?(?:queries|requests|calls|transactions) per (?:second|minute)|\\brequests? (?:is|are|was|were) too frequent|\\bthroughput (?:rate )?(?:limit )?exceeded|^error code: 1015\\b|\\b(?:exceed\\w*|reach\\w*|hit|over|above)\\b[^.]{0,40}\\brate[- ]limits?|\\brate[- ]limited\\b|\\bsecondary rate limit',
    "\\b(?:server|model|engine|system|service|upstream|we)(?: is| are|'re)?(?: currently| temporarily)? (?:overloaded|at capacity|experiencing high)|\\b(?:tier|model|service|system) capacity (?:is )?exceeded|\\bresource (?:has been )?exhausted\\b[^.]{0,12}(?:try again|$)|\\bmemory limit\\b|\\bcapacity temporarily exceeded\\b|\\bparallel (?:requests?|tasks?)\\b[^.]{0,30}\\b(?:limit|over|reach|exceed)",
    '\\btemporar(?:y|ily) (?:blocked|limited|throttled|restricted)\\b[^.]{0,60}\\b(?:request|rate|limit|traffic)',
  ),
  abroad: anyOf(
    '分钟内最多|引擎层请求超|限频|请求.{0,6}(?:过于频繁|过多|太频繁|频率)|(?:速率|频率|并发|qps|rpm).{0,8}(?:限制|超|上限|过高)|demasiadas (?:solicitudes|peticiones)|trop de requêtes|zu viele anfragen|リクエストが多すぎ|レート制限|요청이 너무 많|слишком много запросов|muitas (?:solicitações|requisições)',
  ),
  advises:
    /\bslow down\b|\breduce (?:the|your) (?:frequency|rate)|\b(?:try again|retry|wait)\b[^.]{0,20}\b(?:in|for|after)? ?\d+(?:\.\d+)? ?(?:ms|s\b|sec|second|minute|min)|\b(?:try again|retry) (?:later|shortly|in a (?:few|moment|minute))|稍后(?:再试|重试)/,
  alternatives: ['usage_quota_exceeded'],
};

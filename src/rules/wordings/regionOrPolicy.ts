import { anyOf, type Wording } from './wording.ts';

/** The place or the use is not served, whoever pays. */
export const regionOrPolicy: Wording = {
  name: 'regionOrPolicy',
  cause: 'region_or_policy',
  codes: anyOf(
    'unsupported (?:country|region|location|territory)',
    '(?:country|region|location|geo|territory) (?:not|un|blocked|restrict|denied|forbid)',
    'geo ?(?:block|restrict|fenc)',
    'region (?:or )?policy',
    '(?<!content )policy (?:violation|denied|blocked)',
    'sanction|embargo|export control',
    'extension blocked|client (?:not allowed|blocked|restricted)',
    'cyber policy|usage policy',
  ),
  about:
    /countr|region|territor|location|jurisdiction|area|where you|embargo|export|sanction|only|currently|verifi|identity|real|list\b|violat|polic|terms|not allowed|third|comply|breach|abuse|fair|used|accessed|called|reached|administrative/,
  says: anyOf(
    '\\b(?:country|countries|region|territory|location|jurisdiction)\\b.{0,40}\\b(?:not (?:yet )?(?:be )?(?:supported|enabled|available|allowed|permitted|served|eligible)|unsupported|unavailable|restricted|blocked|forbidden|prohibited|sanctioned)',
    "\\b(?:not|isn't|unsupported|un(?:available|supported)|restricted|blocked|prohibited|unable to serve)\\b.{0,30}\\b(?:in|from|for) (?:your|this|the) (?:country|region|territory|location|area|jurisdiction|current location)",
    '\\b(?:unavailable|not available|not supported|not offered|restricted|blocked) where you\\b|\\b(?:cannot|can.t|can not|may not|must not|not) be (?:used|accessed|called|reached) (?:from|in) (?!this|that|the|a |an |your|conjunction|combination|test|live|production|sandbox|browser|server|client)',
    '\\b(?:not comply|breach(?:es|ed)?|abuse|fair (?:usage|use))\\b[^.]{0,40}\\b(?:polic\\w*|terms|agreement|detected)\\b',
    '\\btoo many (?:free |trial |free trial )?accounts\\b',
    '\\brequests? (?:is |are )?not allowed\\b(?! \\(incorrect)|\\bbanned the country\\b',
    '\\bthird[- ]party (?:\\w+ )?(?:clients?|apps?|applications?|tools?|harness\\w*)\\b[^.]{0,40}\\b(?:not|no longer|cannot|only|prohibited|disallowed|forbidden)\\b(?! your)|\\b(?:sanctioned|embargoed)\\b',
    "\\b(?:doesn't|does not|don't|do not|cannot|can't|not) (?:yet )?(?:serve|support|operate in|cover) (?:your|this) (?:country|region|territory|location|area|jurisdiction)\\b",
    '\\b(?:embargo|export control|sanctions?\\b)',
    '\\b(?:un|not )available (?:from|in) (?:a|your) restricted location\\b|\\bblock(?:s|ed|ing)? (?:access|requests|traffic) from your country\\b|\\bforbidden by administrative rules\\b|\\bcan only be used (?:from|within|with|in|by)\\b(?! (?:test|live))|\\bonly (?:be used|usable|available|authorized|permitted) (?:from )?(?:within|inside|through|with|for use with)\\b(?! (?:test|live))',
    '\\b(?:only|currently) available (?:for|to|in|from|through|within)\\b(?!.{0,60}\\b(?:plan|plans|tier|paid|pro|premium|enterprise|legacy|subscri\\w+|upgrade|above|higher)\\b)|\\b(?:must|needs? to) be verified (?:to|before)\\b|\\b(?:age|identity|enterprise|business|real[- ]name) (?:verification|authentication)\\b|\\borgani[sz]ation policy constraint\\b|\\bfrom (?:an )?unsupported (?:countr|region|location|territor)|\\baccept (?:the|our) terms of service before\\b|\\bnot (?:in|on) the (?:authorized|allowed) list\\b',
    '\\bviolat\\w+ (?:of )?(?:our|the) (?:usage|content|acceptable|terms|polic)|\\breview (?:our|the) (?:terms|polic|usage)|\\bpolicy violation|\\bterms of service\\b.{0,40}(?:prohibit|violat|not allow|forbid)',
  ),
  abroad: anyOf('(?:地区|国家|区域).{0,8}(?:不支持|不可用|限制|未开放)|不支持.{0,8}(?:地区|国家|区域)'),
  alternatives: ['account_suspended'],
};

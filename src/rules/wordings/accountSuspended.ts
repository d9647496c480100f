import { anyOf, type Wording } from './wording.ts';

const holder =
  '(?:account|user|organi[sz]ation|org|project|workspace|deployment|application|app|shop|store|team|tenant|customer|company|merchant|site|consumer|profile|developer|api access|access|service)';
const state =
  '(?:suspended|disabled|deactivated|de-activated|banned|locked|blocked|terminated|frozen|on hold|past due|delinquent|closed|paused|not active|inactive|limited due to)';

/** The account itself is shut, for unpaid bills or by decision of the vendor. */
export const accountSuspended: Wording = {
  name: 'accountSuspended',
  cause: 'account_suspended',
  codes: anyOf(
    `${holder} (?:is |has |been |was |not |temporarily )*(?:suspen|disabled?|deactivat|banned|locked|blocked|terminat|frozen|on hold|past due|overdue|delinquent|closed|inactive|not active)`,
    '(?:suspended|disabled|deactivated|banned|locked|blocked|frozen|inactive|overdue|delinquent) (?:account|user|organi[sz]ation|project|workspace|tenant|customer|company)',
    'billing not active|deployment (?:blocked|disabled|paused)|overdue (?:payment|invoice|balance|bill)|(?:bill|invoice|payment|balance) (?:is )?overdue|past due|consumer (?:suspended|invalid)|^suspended$|validation required',
  ),
  about:
    /suspen|disabled|activ|banned|locked|terminated|frozen|on hold|due\b|delinquent|closed|paused|limited|unpaid|outstanding|pay\b|pending|review|cannot|unavailable|verify|confirm|account|denied/,
  says: anyOf(
    `\\b${holder}\\b[^.:;,–-]{0,30}\\b(?:is|has been|was|are|been|currently|status:?)\\b(?! tempor)[^.]{0,20}\\b${state}`,
    '\\b(?:suspended|disabled|paused|locked|blocked) (?:for|due to|because of|following) (?:an? )?(?:non-?payment|unpaid|overdue|late payment|failed payments?)\\b',
    `\\b${state} (?:account|user|organi[sz]ation|project|workspace|tenant)\\b`,
    '\\b(?:bill|invoice|balance|payment)s?(?: is| are| was)? (?:overdue|past due)\\b|\\b(?:past due|overdue|outstanding|unpaid) (?:invoices?|balance|payments?|bills?|amount)|\\bfailure to pay\\b|\\bpayment is past due\\b',
    '\\baccount\\b[^.]{0,30}\\b(?:not (?:yet |been )*activated|pending (?:approval|review|verification)|under review|cannot currently (?:make|send|process))\\b',
    '\\bpaused because of\\b[^.]{0,30}\\b(?:unpaid|overdue)\\b|\\bconsumer [^.,;]{1,70} has been suspended\\b|\\bunavailable shop\\b|\\baccount (?:closed|suspen|on hold|lock)|\\b(?:verify|confirm) your (?:\\w+ )?account to continue|\\bactivate your (?:\\w+ )?account\\b|\\b(?:project|account) has been denied access\\b',
  ),
  abroad: anyOf(
    '(?:账户|账号|帐户|帐号|用户|组织).{0,2}(?:已|被|已被|处于)?(?:停用|封禁|冻结|禁用|锁定|被封|异常|暂停)|cuenta (?:ha sido |está )?(?:suspendid|bloquead|desactivad)|compte (?:est |a été )?(?:suspendu|désactivé|bloqué)|konto (?:ist |wurde )?(?:gesperrt|deaktiviert)|conta (?:foi |está )?(?:suspens|bloquead)|アカウント.{0,8}(?:停止|無効|凍結)|계정.{0,8}(?:정지|비활성)|аккаунт.{0,12}(?:заблокирован|приостановлен)',
  ),
  alternatives: ['insufficient_funds', 'payment_method_invalid'],
};

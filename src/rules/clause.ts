import type { Cause } from '../shared/finding.ts';
import type { Rule } from './rule.ts';

/** What a clause can be about, and what it can say of it. Lower case. */
const subjects = {
  purse: /\b(?:credits?|balance|funds?|wallet|money|prepaid|deposit|saldo|guthaben)\b/,
  budget: /\b(?:budget|spend\w*|expenditure)\b/,
  card: /\b(?:cards?|payment (?:method|instrument|details|info\w*|source)|billing(?: (?:account|address|details|info\w*|profile|method))?)\b/,
  subscription: /\b(?:subscription|subscrib\w+|licen[sc]e\w*|membership|entitle\w+|trial|contract)\b/,
  plan: /\b(?:plan|tier|package|edition)\b/,
  key: /\b(?:keys?|tokens?|credentials?|secrets?|signature|session|jwt|authenticat\w+)\b/,
  stock:
    /\b(?:maximum|max|number of|too many|limit) [^.]{0,30}\b(?:seats|users|members|projects|instances|databases|indexes|scripts|servers|droplets|domains|workspaces|agents|apps|resources?|records|contacts|keys|bots|voices)\b|\b(?:resource|provision\w*|server|droplet|instance|seat|project|storage|database) limit\b/,
  allowance: /\b(?:quotas?|limits?|allowance|usage|units|minutes|calls|requests|capacity|messages|searches|queries)\b/,
  account:
    /\b(?:account|organi[sz]ation|project|workspace|team|user|tenant|company|store|shop|site|service|application|app|deployment|customer|consumer|endpoint|access)\b/,
  network:
    /\b(?:firewall|virtual network|vnet|ip (?:address|range)|whitelist\w*|allowlist\w*|access list|marketplace actions)\b/,
} as const;

const states = {
  over: /\b(?:passed|beyond|spent|gone|finished|nothing left|none left|capped|maxed out|cut off|\d+ of \d+|exceed\w*|reach\w*|over|used up|used all|exhaust\w*|deplet\w*|ran out|run out|out of|hit|consumed|maxed)\b/,
  lacking:
    /\$ ?0(?:\.0+)?(?![\d.])|\b(?:greater than|less than|none|do not have|don't have|cannot afford|can't afford|short|drained|insufficient|not enough|no|zero|lack\w*|without|negative|low|needs?|requires?|required|must|missing|absent|not found|not set)\b/,
  ended:
    /\b(?:expired|expiration date[^.]{0,20}passed|ran out|run out|ended|lapsed|cancel\w*|terminated|no longer|over)\b/,
  shut: /\b(?:suspend\w*|disabled?|block\w*|lock\w*|inactive|frozen|banned|restricted|paused|deactivat\w*|closed|delinquent|high risk|on hold|not active|under review|pending verification|being validated|(?:re)?verify your (?:account|identity|email))\b/,
  wrong:
    /\b(?:invalid|wrong|incorrect|not valid|not recognized|not match|mismatch\w*|failed|not registered|not authorized|denied)\b/,
  higher: /\b(?:upgrad\w+|higher|paid|additional payment)\b/,
} as const;

type Subject = keyof typeof subjects;
type State = keyof typeof states;

/** Narrow readings first. Each needs its subject and its state in one clause. */
const readings: readonly (readonly [Subject, State, Cause, ...(readonly Cause[])])[] = [
  ['network', 'wrong', 'configuration_error', 'region_or_policy'],
  ['card', 'ended', 'payment_method_expired', 'payment_method_invalid'],
  ['budget', 'over', 'spend_limit_or_budget_reached', 'insufficient_funds'],
  ['purse', 'lacking', 'insufficient_funds', 'usage_quota_exceeded'],
  ['purse', 'over', 'insufficient_funds', 'usage_quota_exceeded'],
  ['card', 'lacking', 'payment_method_invalid', 'subscription_inactive_or_missing'],
  ['card', 'wrong', 'payment_method_invalid', 'payment_service_outage'],
  ['card', 'shut', 'payment_method_invalid', 'account_suspended'],
  ['subscription', 'ended', 'subscription_expired', 'subscription_inactive_or_missing'],
  ['subscription', 'shut', 'account_suspended', 'subscription_inactive_or_missing'],
  ['subscription', 'wrong', 'subscription_inactive_or_missing', 'token_expired_or_invalid'],
  ['subscription', 'lacking', 'subscription_inactive_or_missing', 'plan_upgrade_required'],
  ['stock', 'higher', 'plan_upgrade_required', 'usage_quota_exceeded'],
  ['stock', 'over', 'usage_quota_exceeded', 'plan_upgrade_required'],
  ['stock', 'lacking', 'usage_quota_exceeded', 'plan_upgrade_required'],
  ['plan', 'higher', 'plan_upgrade_required', 'usage_quota_exceeded'],
  ['allowance', 'over', 'usage_quota_exceeded', 'rate_limit'],
  ['key', 'ended', 'token_expired_or_invalid', 'subscription_expired'],
  ['key', 'shut', 'token_expired_or_invalid', 'account_suspended'],
  ['account', 'shut', 'account_suspended', 'region_or_policy'],
  ['account', 'higher', 'plan_upgrade_required', 'subscription_inactive_or_missing'],
];

/** What requests themselves may exceed or get wrong: under 400 or 422 it is most likely said of them. */
const vague: ReadonlySet<Subject> = new Set(['plan', 'allowance', 'account']);

/** Statuses of requests that are wrong in themselves. */
const ordinary: ReadonlySet<number> = new Set([404, 405, 406, 408, 409, 410, 411, 413, 414, 415, 416, 417, 422]);

/** A limit on how many of something there may be is the plan's; a month's end does not lift it. */
const plan = { cause: 'plan_upgrade_required', confidence: 0.5, alternatives: ['usage_quota_exceeded'] } as const;

/**
 * What is left when no wording fits: a clause in which something that is paid for stands beside something that is wrong
 * with it. Blunt, so it comes late and never sounds sure.
 */
export const clause: Rule = {
  name: 'clause',
  look(view) {
    const refusing = view.status === null || (view.status > 400 && view.status < 500 && !ordinary.has(view.status));
    for (const { words, original, source, path } of view.sentences) {
      for (const part of words.slice(0, 600).split(/[.;!?]\s|\n/)) {
        for (const [subject, state, cause, ...alternatives] of readings) {
          if (vague.has(subject) && !refusing) continue;
          const about = states[state].test(part) ? subjects[subject].exec(part) : null;
          if (about === null || (subject === 'account' && !states[state].test(part.slice(about.index)))) continue;
          if (subject === 'stock' && cause !== 'plan_upgrade_required' && states.higher.test(words))
            return { ...plan, evidence: [{ source, path, quote: original.slice(0, 200) }] };
          return { cause, confidence: 0.5, evidence: [{ source, path, quote: original.slice(0, 200) }], alternatives };
        }
      }
    }
    return null;
  },
};

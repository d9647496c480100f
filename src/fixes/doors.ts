import type { Cause } from '../shared/finding.ts';
import { text, type Text } from '../shared/text.ts';

/** Two addresses of a vendor, of which a key opens one only. */
export interface Door {
  readonly provider: string;
  readonly causes: readonly Cause[];
  /** What the answer must say, where the cause alone does not tell. */
  readonly says?: RegExp;
  /** The host or the beginning of the path that was called, and what stands in its place at the other door. */
  readonly from: string;
  readonly to: string;
  readonly title: (to: string) => Text;
}

const otherRegion = (to: string): Text => text('Call {0} instead, in case the key is from there', to);
const codingPlan = (to: string): Text => text('Call {0} instead, in case the key is of a coding plan', to);
const payAsYouGo = (to: string): Text => text('Call {0} instead, in case the key is not of a coding plan', to);
const subscription = (to: string): Text => text('Call {0} instead, where Grok subscriptions are good', to);
const sandbox = (to: string): Text => text('Call {0} instead, in case the credentials are of the sandbox', to);
const production = (to: string): Text => text('Call {0} instead, in case the credentials are of production', to);

const badKey: readonly Cause[] = ['token_expired_or_invalid', 'configuration_error', 'region_or_policy'];
const noMoney: readonly Cause[] = ['insufficient_funds', 'configuration_error', 'subscription_inactive_or_missing'];

/** The known ones. Both directions, where it is not the answer that tells which is wrong. */
export const doors: readonly Door[] = [
  // https://platform.moonshot.ai and https://platform.moonshot.cn have accounts of their own.
  ...pair('moonshot', badKey, 'api.moonshot.ai', 'api.moonshot.cn', otherRegion, otherRegion),
  // https://platform.minimax.io/docs and https://platform.minimaxi.com: the key must be of the host's region.
  ...pair('minimax', badKey, 'api.minimax.io', 'api.minimaxi.com', otherRegion, otherRegion),
  // https://help.aliyun.com/en/model-studio/base-url: keys are independent across regions.
  ...pair('dashscope', badKey, 'dashscope.aliyuncs.com', 'dashscope-intl.aliyuncs.com', otherRegion, otherRegion),
  ...pair('siliconflow', badKey, 'api.siliconflow.cn', 'api.siliconflow.com', otherRegion, otherRegion),
  ...pair('zhipu', badKey, 'open.bigmodel.cn', 'api.z.ai', otherRegion, otherRegion),
  // https://docs.z.ai/devpack/tool/others: a coding plan has an endpoint of its own, beside that which bills by use.
  ...pair('zhipu', noMoney, '/api/paas/v4', '/api/coding/paas/v4', codingPlan, payAsYouGo),
  // https://platform.openai.com/docs/guides/your-data#data-residency-controls
  ...pair('openai', badKey, 'api.openai.com', 'eu.api.openai.com', otherRegion, otherRegion, /incorrect_hostname/),
  {
    provider: 'xai',
    causes: ['configuration_error'],
    says: /grok subscription/i,
    from: 'api.x.ai',
    to: 'cli-chat-proxy.grok.com',
    title: subscription,
  },
  // https://developer.paypal.com/api/rest/: credentials are of one of both.
  ...pair('paypal', badKey, 'api-m.paypal.com', 'api-m.sandbox.paypal.com', sandbox, production),
  // https://developer.intuit.com/app/developer/qbo/docs/develop/sandboxes
  ...pair('quickbooks', badKey, 'quickbooks.api.intuit.com', 'sandbox-quickbooks.api.intuit.com', sandbox, production),
];

function pair(
  provider: string,
  causes: readonly Cause[],
  one: string,
  other: string,
  toOther: Door['title'],
  toOne: Door['title'],
  says?: RegExp,
): readonly Door[] {
  const common = { provider, causes, ...(says === undefined ? {} : { says }) };
  return [
    { ...common, from: one, to: other, title: toOther },
    { ...common, from: other, to: one, title: toOne },
  ];
}

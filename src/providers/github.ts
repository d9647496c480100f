import { periods } from '../shared/gauge.ts';
import { vendor } from './vendor.ts';

/** https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
export const github = vendor({
  id: 'github',
  title: 'GitHub',
  hosts: ['api.github.com', 'models.github.ai', 'models.inference.ai.azure.com'],
  upstream: 'https://api.github.com',
  keyVariable: 'GITHUB_TOKEN',
  keyPatterns: ['gh[pousr]_[A-Za-z0-9]{36,}', 'github_pat_[A-Za-z0-9_]{60,}'],
  pages: {
    billing: 'https://github.com/settings/billing',
    keys: 'https://github.com/settings/tokens',
    limits: 'https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api',
    status: 'https://www.githubstatus.com',
    support: 'https://support.github.com',
  },
  codes: {
    no_access: 'plan_upgrade_required',
    no_copilot_access: 'subscription_inactive_or_missing',
    subscription_ended: 'subscription_expired',
    not_signed_up: 'subscription_inactive_or_missing',
    feature_flag_blocked: 'region_or_policy',
  },
  quotas: { windows: { '': periods.hour } },
});

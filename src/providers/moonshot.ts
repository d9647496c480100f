import { moonshotChecks } from './accounts/moonshot.ts';
import { moonshotFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** Keys are per region. A 429 over the balance has no Retry-After. */
export const moonshot = vendor({
  id: 'moonshot',
  title: 'Moonshot AI',
  hosts: ['api.moonshot.ai', 'api.moonshot.cn', 'api.kimi.com'],
  upstream: 'https://api.moonshot.ai',
  dialect: 'openai',
  keyVariable: 'MOONSHOT_API_KEY',
  pages: { billing: 'https://platform.moonshot.ai/console/pay', keys: 'https://platform.moonshot.ai/console/api-keys' },
  cheaperModels: moonshotFamilies,
  codes: {
    exceeded_current_quota_error: 'insufficient_funds',
    access_terminated_error: 'account_suspended',
    rate_limit_reached_error: 'rate_limit',
    invalid_authentication_error: 'token_expired_or_invalid',
    engine_overloaded_error: 'rate_limit',
    permission_denied_error: 'configuration_error',
  },
  alsoMeans: {
    permission_denied_error: ['plan_upgrade_required', 'region_or_policy'],
    access_terminated_error: ['usage_quota_exceeded', 'region_or_policy'],
    rate_limit_reached_error: ['usage_quota_exceeded'],
  },
  checks: moonshotChecks,
});

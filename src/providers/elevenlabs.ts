import { elevenlabsChecks } from './accounts/elevenlabs.ts';
import { vendor } from './vendor.ts';

/** `detail.status` names the cause. */
export const elevenlabs = vendor({
  id: 'elevenlabs',
  title: 'ElevenLabs',
  hosts: ['api.elevenlabs.io'],
  upstream: 'https://api.elevenlabs.io',
  auth: { in: 'header', name: 'xi-api-key', scheme: '' },
  keyVariable: 'ELEVENLABS_API_KEY',
  pages: {
    billing: 'https://elevenlabs.io/app/subscription',
    keys: 'https://elevenlabs.io/app/settings/api-keys',
    status: 'https://status.elevenlabs.io',
    support: 'https://help.elevenlabs.io',
  },
  codes: {
    quota_exceeded: 'usage_quota_exceeded',
    invalid_api_key: 'token_expired_or_invalid',
    missing_permissions: 'configuration_error',
    detected_unusual_activity: 'account_suspended',
    payment_issue: 'payment_method_invalid',
    sign_in_required: 'token_expired_or_invalid',
    needs_authorization: 'token_expired_or_invalid',
    unaccepted_terms: 'region_or_policy',
    can_not_use_instant_voice_cloning: 'plan_upgrade_required',
    too_many_concurrent_requests: 'rate_limit',
    system_busy: 'rate_limit',
    voice_limit_reached: 'plan_upgrade_required',
    'only_for_creator+': 'plan_upgrade_required',
    subscription_required: 'subscription_inactive_or_missing',
    free_users_not_allowed: 'plan_upgrade_required',
    payment_required: 'plan_upgrade_required',
  },
  alsoMeans: { payment_required: ['insufficient_funds', 'usage_quota_exceeded'] },
  checks: elevenlabsChecks,
});

import { deepgramChecks } from './accounts/deepgram.ts';
import { vendor } from './vendor.ts';

/** https://developers.deepgram.com/docs/errors */
export const deepgram = vendor({
  id: 'deepgram',
  title: 'Deepgram',
  hosts: ['api.deepgram.com'],
  upstream: 'https://api.deepgram.com',
  auth: { in: 'header', name: 'Authorization', scheme: 'Token' },
  keyVariable: 'DEEPGRAM_API_KEY',
  pages: {
    billing: 'https://console.deepgram.com',
    keys: 'https://console.deepgram.com',
    status: 'https://status.deepgram.com',
    errors: 'https://developers.deepgram.com/docs/errors',
  },
  codes: {
    ASR_PAYMENT_REQUIRED: 'insufficient_funds',
    INSUFFICIENT_PERMISSIONS: 'plan_upgrade_required',
    INVALID_AUTH: 'token_expired_or_invalid',
    TOO_MANY_REQUESTS: 'rate_limit',
  },
  checks: deepgramChecks,
});

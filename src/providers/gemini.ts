import { geminiFamilies } from './families.ts';
import { googleCodes } from './googleCloud.ts';
import { vendor } from './vendor.ts';

/** https://ai.google.dev/gemini-api/docs/rate-limits. The cause stands in `details[]` (google.rpc), never in the sentence. */
export const gemini = vendor({
  id: 'gemini',
  title: 'Google Gemini',
  hosts: ['generativelanguage.googleapis.com', 'cloudcode-pa.googleapis.com'],
  upstream: 'https://generativelanguage.googleapis.com',
  dialect: 'gemini',
  auth: { in: 'header', name: 'x-goog-api-key', scheme: '' },
  baseUrls: [{ variable: 'GOOGLE_GEMINI_BASE_URL', path: '' }],
  keyVariable: 'GEMINI_API_KEY',
  keyPatterns: ['AIza[0-9A-Za-z_-]{35}'],
  pages: {
    billing: 'https://aistudio.google.com/usage',
    keys: 'https://aistudio.google.com/apikey',
    limits: 'https://ai.google.dev/gemini-api/docs/rate-limits',
    status: 'https://aistudio.google.com/status',
    errors: 'https://ai.google.dev/gemini-api/docs/troubleshooting',
  },
  tokenUrl: 'https://oauth2.googleapis.com/token',
  cheaperModels: geminiFamilies,
  codes: {
    ...googleCodes,
    QUOTA_EXHAUSTED: 'usage_quota_exceeded',
    INSUFFICIENT_G1_CREDITS_BALANCE: 'insufficient_funds',
    MODEL_CAPACITY_EXHAUSTED: 'rate_limit',
    VALIDATION_REQUIRED: 'account_suspended',
    UNSUPPORTED_LOCATION: 'region_or_policy',
    SUBSCRIPTION_REQUIRED: 'subscription_inactive_or_missing',
    TOS_VIOLATION: 'account_suspended',
  },
});

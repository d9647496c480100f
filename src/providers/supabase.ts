import { vendor } from './vendor.ts';

/** 402 with `exceed_*_quota` restricts the project: its owner has to act. */
export const supabase = vendor({
  id: 'supabase',
  title: 'Supabase',
  hosts: ['.supabase.co', 'api.supabase.com'],
  upstream: 'https://api.supabase.com',
  auth: { in: 'header', name: 'apikey', scheme: '' },
  keyPatterns: ['sbp_[a-f0-9]{40}', 'sb_secret_[A-Za-z0-9_-]{20,}'],
  pages: {
    billing: 'https://supabase.com/dashboard/org/_/billing',
    status: 'https://status.supabase.com',
    support: 'https://supabase.com/dashboard/support/new',
  },
  statuses: { 402: 'usage_quota_exceeded', 540: 'account_suspended' },
});

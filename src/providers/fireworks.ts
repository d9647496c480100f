import { fireworksChecks } from './accounts/fireworks.ts';
import { fireworksFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** 412 is a suspended account, for a spending limit or an unpaid invoice. */
export const fireworks = vendor({
  id: 'fireworks',
  title: 'Fireworks AI',
  hosts: ['api.fireworks.ai'],
  upstream: 'https://api.fireworks.ai',
  dialect: 'openai',
  keyVariable: 'FIREWORKS_API_KEY',
  keyPatterns: ['fw_[A-Za-z0-9]{20,}'],
  pages: { billing: 'https://fireworks.ai/account/billing', keys: 'https://fireworks.ai/account/api-keys' },
  cheaperModels: fireworksFamilies,
  codes: { unauthorized: 'token_expired_or_invalid' },
  statuses: { 412: 'account_suspended' },
  checks: fireworksChecks,
});

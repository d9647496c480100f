import { vendor } from './vendor.ts';

/** 402 is a frozen shop: its merchant has to pay. https://shopify.dev/docs/api/usage/response-codes */
export const shopify = vendor({
  id: 'shopify',
  title: 'Shopify',
  hosts: ['.myshopify.com'],
  upstream: 'https://YOUR-SHOP.myshopify.com',
  auth: { in: 'header', name: 'X-Shopify-Access-Token', scheme: '' },
  keyPatterns: ['shp(?:at|ca|pa|ss)_[a-f0-9]{32}'],
  pages: {
    billing: 'https://admin.shopify.com/settings/billing',
    status: 'https://www.shopifystatus.com',
    errors: 'https://shopify.dev/docs/api/usage/response-codes',
    support: 'https://help.shopify.com',
  },
  ordinary: ['MAX_COST_EXCEEDED'],
  statuses: { 402: 'account_suspended', 423: 'account_suspended', 430: 'rate_limit' },
});

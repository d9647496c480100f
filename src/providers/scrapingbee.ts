import { vendor } from './vendor.ts';

/** 401 covers a wrong key and a used-up month. */
export const scrapingbee = vendor({
  id: 'scrapingbee',
  title: 'ScrapingBee',
  hosts: ['app.scrapingbee.com'],
  upstream: 'https://app.scrapingbee.com',
  auth: { in: 'query', name: 'api_key' },
  keyVariable: 'SCRAPINGBEE_API_KEY',
  pages: { billing: 'https://dashboard.scrapingbee.com/account/manage/subscription' },
});

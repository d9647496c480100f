import { geminiFamilies } from './families.ts';
import { googleCodes } from './googleCloud.ts';
import { vendor } from './vendor.ts';

/** Shared capacity: a 429 without a quota passes. */
export const vertex = vendor({
  id: 'vertex',
  title: 'Google Vertex AI',
  hosts: ['aiplatform.googleapis.com', '.aiplatform.googleapis.com'],
  upstream: 'https://aiplatform.googleapis.com',
  dialect: 'gemini',
  pages: { billing: 'https://console.cloud.google.com/billing', status: 'https://status.cloud.google.com' },
  tokenUrl: 'https://oauth2.googleapis.com/token',
  cheaperModels: geminiFamilies,
  codes: googleCodes,
});

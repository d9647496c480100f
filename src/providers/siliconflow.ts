import { vendor } from './vendor.ts';

/** Numeric codes beside a plain sentence. */
export const siliconflow = vendor({
  id: 'siliconflow',
  title: 'SiliconFlow',
  hosts: ['api.siliconflow.cn', 'api.siliconflow.com'],
  upstream: 'https://api.siliconflow.cn',
  dialect: 'openai',
  keyVariable: 'SILICONFLOW_API_KEY',
  codes: { '30001': 'insufficient_funds', '30011': 'plan_upgrade_required' },
  alsoMeans: { '30011': ['insufficient_funds'] },
});

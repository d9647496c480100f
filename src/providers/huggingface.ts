import { vendor } from './vendor.ts';

/** https://huggingface.co/docs/inference-providers/pricing */
export const huggingface = vendor({
  id: 'huggingface',
  title: 'Hugging Face Inference Providers',
  hosts: ['router.huggingface.co', 'api-inference.huggingface.co'],
  upstream: 'https://router.huggingface.co',
  dialect: 'openai',
  keyVariable: 'HF_TOKEN',
  keyPatterns: ['hf_[A-Za-z0-9]{30,}'],
  pages: {
    billing: 'https://huggingface.co/settings/billing',
    keys: 'https://huggingface.co/settings/tokens',
    status: 'https://status.huggingface.co',
    limits: 'https://huggingface.co/docs/inference-providers/pricing',
  },
  statuses: { 402: 'usage_quota_exceeded' },
  resells: true,
});

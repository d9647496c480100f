import { vendor } from './vendor.ts';

/** Its own 402 is a plan that an organisation lacks. */
export const huggingfaceHub = vendor({
  id: 'huggingface-hub',
  title: 'Hugging Face Hub',
  hosts: ['huggingface.co', 'hf.co'],
  upstream: 'https://huggingface.co',
  keyVariable: 'HF_TOKEN',
  keyPatterns: ['hf_[A-Za-z0-9]{30,}'],
  pages: {
    billing: 'https://huggingface.co/settings/billing',
    keys: 'https://huggingface.co/settings/tokens',
    status: 'https://status.huggingface.co',
  },
  statuses: { 402: 'subscription_inactive_or_missing' },
});

import { vendor } from './vendor.ts';

/** Free calls by the day; suppliers behind it bill ModelScope. */
export const modelscope = vendor({
  id: 'modelscope',
  title: 'ModelScope',
  hosts: ['api-inference.modelscope.cn'],
  upstream: 'https://api-inference.modelscope.cn',
  dialect: 'openai',
  resells: true,
});

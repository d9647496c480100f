import { vercelAiGatewayChecks } from './accounts/vercelAiGateway.ts';
import { vendor } from './vendor.ts';

/** The error of the vendor behind it stands in `param`. */
export const vercelAiGateway = vendor({
  id: 'vercel-ai-gateway',
  title: 'Vercel AI Gateway',
  hosts: ['ai-gateway.vercel.sh'],
  upstream: 'https://ai-gateway.vercel.sh',
  dialect: 'openai',
  keyVariable: 'AI_GATEWAY_API_KEY',
  pages: { billing: 'https://vercel.com/d?to=%2F%5Bteam%5D%2F%7E%2Fai', support: 'https://vercel.com/help' },
  codes: { insufficient_funds: 'insufficient_funds', customer_verification_required: 'payment_method_invalid' },
  resells: true,
  checks: vercelAiGatewayChecks,
});

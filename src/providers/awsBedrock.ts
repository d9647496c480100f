import { awsCodes } from './aws.ts';
import { bedrockFamilies } from './families.ts';
import { vendor } from './vendor.ts';

/** Codes stand in `x-amzn-errortype`, before a colon. */
export const awsBedrock = vendor({
  id: 'aws-bedrock',
  title: 'AWS Bedrock',
  hosts: [
    'bedrock-runtime.us-east-1.amazonaws.com',
    'bedrock-runtime.us-east-2.amazonaws.com',
    'bedrock-runtime.us-west-2.amazonaws.com',
    'bedrock-runtime.ca-central-1.amazonaws.com',
    'bedrock-runtime.eu-central-1.amazonaws.com',
    'bedrock-runtime.eu-west-1.amazonaws.com',
    'bedrock-runtime.eu-west-2.amazonaws.com',
    'bedrock-runtime.eu-west-3.amazonaws.com',
    'bedrock-runtime.eu-north-1.amazonaws.com',
    'bedrock-runtime.ap-northeast-1.amazonaws.com',
    'bedrock-runtime.ap-northeast-2.amazonaws.com',
    'bedrock-runtime.ap-south-1.amazonaws.com',
    'bedrock-runtime.ap-southeast-1.amazonaws.com',
    'bedrock-runtime.ap-southeast-2.amazonaws.com',
    'bedrock-runtime.sa-east-1.amazonaws.com',
  ],
  upstream: 'https://bedrock-runtime.us-east-1.amazonaws.com',
  pages: {
    billing: 'https://console.aws.amazon.com/billing/home',
    status: 'https://health.aws.amazon.com/health/status',
    errors: 'https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html',
    support: 'https://console.aws.amazon.com/support/home',
  },
  cheaperModels: bedrockFamilies,
  codes: awsCodes,
});

import type { Cause } from '../shared/finding.ts';
import { vendor } from './vendor.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html and the errors of usage plans and Bedrock. */
export const awsCodes: Readonly<Record<string, Cause>> = {
  ThrottlingException: 'rate_limit',
  ServiceQuotaExceededException: 'usage_quota_exceeded',
  LimitExceededException: 'usage_quota_exceeded',
  TooManyRequestsException: 'rate_limit',
  ExpiredTokenException: 'token_expired_or_invalid',
  ExpiredToken: 'token_expired_or_invalid',
  UnrecognizedClientException: 'token_expired_or_invalid',
  InvalidClientTokenId: 'token_expired_or_invalid',
  InvalidSignatureException: 'token_expired_or_invalid',
  OptInRequired: 'subscription_inactive_or_missing',
  SubscriptionRequiredException: 'subscription_inactive_or_missing',
  INVALID_PAYMENT_INSTRUMENT: 'payment_method_invalid',
};

/** Whatever else AWS answers for. Codes stand in `x-amzn-errortype`, before a colon, or in XML. */
export const aws = vendor({
  id: 'aws',
  title: 'AWS',
  hosts: ['.amazonaws.com'],
  upstream: 'https://sts.amazonaws.com',
  pages: {
    billing: 'https://console.aws.amazon.com/billing/home',
    status: 'https://health.aws.amazon.com/health/status',
  },
  codes: awsCodes,
});

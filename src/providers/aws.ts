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
  Throttling: 'rate_limit',
  RequestLimitExceeded: 'rate_limit',
  ProvisionedThroughputExceededException: 'rate_limit',
  RequestThrottled: 'rate_limit',
  SlowDown: 'rate_limit',
  ModelNotReadyException: 'rate_limit',
  LimitExceeded: 'usage_quota_exceeded',
  QuotaExceededException: 'usage_quota_exceeded',
  VcpuLimitExceeded: 'usage_quota_exceeded',
  InstanceLimitExceeded: 'usage_quota_exceeded',
  MONTHLY_REQUEST_COUNT: 'usage_quota_exceeded',
  PendingVerification: 'account_suspended',
  Blocked: 'account_suspended',
  AccountProblem: 'account_suspended',
  AllAccessDisabled: 'account_suspended',
  NotSignedUp: 'subscription_inactive_or_missing',
  IncompleteSignature: 'token_expired_or_invalid',
  SignatureDoesNotMatch: 'token_expired_or_invalid',
  RequestExpired: 'token_expired_or_invalid',
  AuthFailure: 'token_expired_or_invalid',
  InvalidAccessKeyId: 'token_expired_or_invalid',
  ForbiddenException: 'token_expired_or_invalid',
  MissingAuthenticationTokenException: 'configuration_error',
  AuthorizationHeaderMalformed: 'configuration_error',
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
    support: 'https://console.aws.amazon.com/support/home',
  },
  codes: awsCodes,
});

import { vendor } from './vendor.ts';

/**
 * Resource Manager and API Management. A disabled subscription answers 409.
 * https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors
 */
export const azure = vendor({
  id: 'azure',
  title: 'Azure',
  hosts: ['management.azure.com', '.azure-api.net', '.cognitive.microsofttranslator.com'],
  upstream: 'https://management.azure.com',
  pages: {
    billing: 'https://portal.azure.com/#view/Microsoft_Azure_GTM/ModernBillingMenuBlade',
    status: 'https://azure.status.microsoft',
    errors: 'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/common-deployment-errors',
  },
  ordinary: ['AuthorizationFailed', 'PlanNotSupported'],
  codes: {
    ZonalAllocationFailed: 'rate_limit',
    AllocationFailed: 'rate_limit',
    OverconstrainedAllocationRequest: 'rate_limit',
    InvalidSubscriptionState: 'account_suspended',
    SubscriptionWarned: 'account_suspended',
    ServerBusy: 'rate_limit',
    OfferNotAvailableForSubscription: 'plan_upgrade_required',
    LocationNotAvailableForResourceType: 'region_or_policy',
    SubscriptionIsOverQuotaForSku: 'usage_quota_exceeded',
    AccountIsDisabled: 'account_suspended',
    ResourceNotPermittedOnDelinquentAccount: 'account_suspended',
    ReadOnlyDisabledSubscription: 'account_suspended',
    DisabledSubscription: 'account_suspended',
    SubscriptionDisabled: 'account_suspended',
    SubscriptionNotFound: 'configuration_error',
    InvalidSubscriptionId: 'configuration_error',
    SubscriptionNotRegistered: 'configuration_error',
    MissingSubscriptionRegistration: 'configuration_error',
    InsufficientQuota: 'usage_quota_exceeded',
    QuotaExceeded: 'usage_quota_exceeded',
    OperationNotAllowed: 'usage_quota_exceeded',
    ResourceQuotaExceeded: 'usage_quota_exceeded',
    SkuNotAvailable: 'region_or_policy',
    RequestDisallowedByPolicy: 'region_or_policy',
    RequestDisallowedByAzure: 'region_or_policy',
    MarketplacePurchaseEligibilityFailed: 'payment_method_invalid',
    ResourcePurchaseValidationFailed: 'payment_method_invalid',
    SpendingLimitReached: 'spend_limit_or_budget_reached',
    TooManyRequests: 'rate_limit',
    SubscriptionRequestsThrottled: 'rate_limit',
    ExpiredAuthenticationToken: 'token_expired_or_invalid',
    InvalidAuthenticationToken: 'token_expired_or_invalid',
    InvalidAuthenticationTokenTenant: 'configuration_error',
    '403001': 'usage_quota_exceeded',
  },
  alsoMeans: {
    ReadOnlyDisabledSubscription: ['subscription_expired', 'payment_method_invalid', 'spend_limit_or_budget_reached'],
    SubscriptionDisabled: ['subscription_expired', 'payment_method_invalid'],
  },
});

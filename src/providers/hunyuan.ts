import { meanings, vendor } from './vendor.ts';

/** Codes: https://cloud.tencent.com/document/api/1729/101847. They come under 200. */
export const hunyuan = vendor({
  id: 'hunyuan',
  title: 'Tencent Hunyuan',
  hosts: ['hunyuan.tencentcloudapi.com', 'api.hunyuan.cloud.tencent.com'],
  upstream: 'https://api.hunyuan.cloud.tencent.com',
  dialect: 'openai',
  keyVariable: 'HUNYUAN_API_KEY',
  pages: {
    billing: 'https://console.cloud.tencent.com/expense/overview',
    keys: 'https://console.cloud.tencent.com/cam/capi',
    errors: 'https://cloud.tencent.com/document/api/1729/101847',
  },
  codes: meanings({
    insufficient_funds:
      'ResourceUnavailable.InArrears ResourceUnavailable.LowBalance ResourceInsufficient.ChargeResourceExhaust FailedOperation.ServiceStopArrears',
    usage_quota_exceeded: 'FailedOperation.FreeResourcePackExhausted FailedOperation.ResourcePackExhausted',
    subscription_inactive_or_missing: 'FailedOperation.ServiceNotActivated ResourceUnavailable.NotExist',
    rate_limit: 'FailedOperation.EngineServerLimitExceeded RequestLimitExceeded LimitExceeded',
    token_expired_or_invalid:
      'AuthFailure.SecretIdNotFound AuthFailure.InvalidSecretId AuthFailure.SignatureFailure AuthFailure.SignatureExpire AuthFailure.TokenFailure',
    configuration_error: 'AuthFailure.UnauthorizedOperation IpNotInWhitelist',
    account_suspended: 'FailedOperation.UserUnAuthError IpInBlacklist',
  }),
  alsoMeans: {
    LimitExceeded: ['usage_quota_exceeded'],
    'FailedOperation.ResourcePackExhausted': ['insufficient_funds'],
  },
});

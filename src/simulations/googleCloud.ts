import type { Refusals } from './answer.ts';
import { errorInfo, googleError } from './google.ts';

const vertexHost = 'aiplatform.googleapis.com';

/** https://cloud.google.com/vertex-ai/generative-ai/docs/model-reference/api-errors and the rest of Google Cloud. */
export const googleCloud: Refusals = {
  payment_method_invalid: () =>
    googleError(403, 'PERMISSION_DENIED', 'This API method requires billing to be enabled on the project.', [
      errorInfo('BILLING_DISABLED', vertexHost),
    ]),
  account_suspended: () =>
    googleError(403, 'PERMISSION_DENIED', 'Permission denied: the consumer has been suspended.', [
      errorInfo('CONSUMER_SUSPENDED', vertexHost),
    ]),
  configuration_error: () =>
    googleError(403, 'PERMISSION_DENIED', 'The API has not been used in project 1234567890 before or it is disabled.', [
      errorInfo('SERVICE_DISABLED', vertexHost),
    ]),
  token_expired_or_invalid: () =>
    googleError(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.', [
      errorInfo('ACCESS_TOKEN_EXPIRED', vertexHost),
    ]),
  rate_limit: ({ model }) =>
    googleError(
      429,
      'RESOURCE_EXHAUSTED',
      `Quota exceeded for metric online_prediction_requests per minute, base model ${model}.`,
    ),
};

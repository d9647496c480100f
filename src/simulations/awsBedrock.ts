import type { Answer, Refusals } from './answer.ts';

const amazon = (status: number, type: string, message: string): Answer => ({
  status,
  body: { __type: type, message },
  headers: { 'x-amzn-ErrorType': `${type}:http://internal.amazon.com/coral/com.amazon.bedrock/` },
});
/** https://docs.aws.amazon.com/bedrock/latest/userguide/troubleshooting-api-error-codes.html */
export const awsBedrock: Refusals = {
  rate_limit: () => amazon(429, 'ThrottlingException', 'Too many requests, please wait before trying again.'),
  usage_quota_exceeded: () =>
    amazon(429, 'ThrottlingException', 'Too many tokens per day, please wait before trying again.'),
  token_expired_or_invalid: () =>
    amazon(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
};

import type { Answer } from './answer.ts';

/** Google's error: the cause stands in `details`, never in the sentence (google.rpc.Status). */
export function googleError(
  status: number,
  name: string,
  message: string,
  details: readonly Readonly<Record<string, unknown>>[] = [],
): Answer {
  return {
    status,
    body: { error: { code: status, message, status: name, ...(details.length === 0 ? {} : { details }) } },
    headers: { Server: 'scaffolding on HTTPServer2', 'X-Frame-Options': 'SAMEORIGIN' },
  };
}

/** https://cloud.google.com/apis/design/errors: ErrorInfo. */
export function errorInfo(reason: string, service: string): Readonly<Record<string, unknown>> {
  return {
    '@type': 'type.googleapis.com/google.rpc.ErrorInfo',
    reason,
    domain: 'googleapis.com',
    metadata: { service },
  };
}

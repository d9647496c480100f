import type { RawAttempt } from '../parts.ts';

/** A client that sends this field is told in the same field of the answer what was tried. */
export const attemptsHeader = 'x-tollgate-attempts';

/** As in `openai/openai 402 refused, groq/groq 200 answered`: API, credential, status, outcome. */
export function attemptsValue(attempts: readonly RawAttempt[]): string {
  return attempts
    .map(({ api, credential, status, outcome }) =>
      [credential === null ? api : `${api}/${credential}`, ...(status === null ? [] : [String(status)]), outcome].join(
        ' ',
      ),
    )
    .join(', ')
    .replace(/[^\x20-\x7e]/g, '?');
}

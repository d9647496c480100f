/** Stands where a secret stood, in headers, URLs and bodies alike: plain ASCII, so that it is legal everywhere. */
export const redactionMark = '[redacted]';

/** Whether something was taken out of this text. Such a value must be left out, or filled in again, when it is sent. */
export function wasRedacted(value: string): boolean {
  return value.includes(redactionMark) || value.includes('%5Bredacted%5D');
}

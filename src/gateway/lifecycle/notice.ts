import * as z from 'zod';
import { ChannelError } from '../../shared/channel.ts';
import type { VersionNotice } from '../../shared/lifecycle.ts';
import { plain, text } from '../../shared/text.ts';

const moment = z
  .string()
  .refine((value) => /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value)), 'a date, as in 2027-01-31')
  .transform((value) => new Date(value).toISOString());

const schema = z.strictObject({
  since: moment.optional(),
  sunset: moment.nullish(),
  link: z.url({ protocol: /^https?$/, error: 'an http or https URL' }).nullish(),
  successor: z.string().min(1).nullish(),
});

/** Fills in what a notice leaves open from the one before. Fails with `notice_invalid`. */
export function readNotice(given: unknown, before: VersionNotice | undefined): VersionNotice {
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const member = String(issue?.path[0] ?? 'notice');
    throw new ChannelError('notice_invalid', plain(text('"{0}" has to be {1}.', member, issue?.message ?? '')));
  }
  const { since, sunset, link, successor } = parsed.data;
  return {
    since: since ?? before?.since ?? new Date().toISOString(),
    sunset: sunset === undefined ? (before?.sunset ?? null) : sunset,
    link: link === undefined ? (before?.link ?? null) : link,
    successor: successor === undefined ? (before?.successor ?? null) : successor,
  };
}

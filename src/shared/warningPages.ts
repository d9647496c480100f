import { pageMarkdown, type CausePage } from './causePages.ts';
import { plain, text, type Text } from './text.ts';
import type { WarningKind } from './warning.ts';

const muting = text(
  'If you know it already, mute the warning; other APIs go on warning. “Unmute Warnings” in the explorer brings it back.',
);

const pages: Readonly<Record<WarningKind, CausePage>> = {
  credit_running_out: {
    title: text('Credit is running out'),
    meaning: text(
      'Calls still pass. At the pace of the last hour the account will be empty within hours, or a tenth of its credit is left.',
    ),
    recognisedBy: [
      text(
        'A balance that the vendor tells with each answer, as Venice and ChatGPT subscriptions do, read at least three times.',
      ),
      text('The balance found by “Verify Account”, less what calls have cost since, and what the last hour has cost.'),
      text('A burst counts as if it had taken a quarter of an hour, and is forgotten after an hour of rest.'),
    ],
    whatToDo: [
      text('Look at the line that is marked: it has spent most of it in the last day.'),
      text('Check the balance anew: it may have been topped up.'),
      text('Add credit on the vendor’s billing page.'),
      text('Give the API a budget, or use a cheaper model of the same family.'),
      muting,
    ],
  },
  quota_running_out: {
    title: text('Quota is running out'),
    meaning: text(
      'Calls still pass. Of a quota of an hour, a day or a month little is left, or at the present pace it is used up before its reset.',
    ),
    recognisedBy: [
      text(
        'Quota headers of the vendor, such as `x-ratelimit-remaining-requests` or `anthropic-ratelimit-tokens-remaining`.',
      ),
      text('The fields `RateLimit` and `RateLimit-Policy` of the IETF’s draft, in its older forms too.'),
      text('Several answers in a row: one that differs from the others is not enough.'),
    ],
    whatToDo: [
      text('Look at the line that is marked: it has used most of it in the last day.'),
      text('Make fewer or smaller calls until the reset, or keep answers and use them again.'),
      text('Ask for a higher limit on the vendor’s page about limits.'),
      muting,
    ],
  },
  rate_limit_close: {
    title: text('Close to the rate limit'),
    meaning: text(
      'Calls still pass, but again and again nearly as many are made within a minute as the vendor allows.',
    ),
    recognisedBy: [
      text(
        'Quota headers of a short period that show next to nothing left, at three different times within ten minutes.',
      ),
    ],
    whatToDo: [
      text('Make fewer calls at a time, or let the program wait between them.'),
      text('Let the gateway wait in the program’s place: “retryAfter” in `tollgate.jsonc`.'),
      text('Ask for a higher limit on the vendor’s page about limits.'),
      muting,
    ],
  },
  budget_running_out: {
    title: text('Budget is running out'),
    meaning: text('What `tollgate.jsonc` allows an API, or all together, to cost in a period is nearly spent.'),
    recognisedBy: [
      text('The cost of calls, as vendors tell or by their price lists, has reached the share in “warnAt”.'),
      text('At the pace of the last hour the budget is spent before its period ends.'),
    ],
    whatToDo: [
      text('Look at the line that is marked: it has spent most of it in the last day.'),
      text('Raise the budget, or let it refuse calls once it is spent: “over”.'),
      text('Use a cheaper model of the same family.'),
      muting,
    ],
  },
};

/** A warning in a few words. */
export function warningTitle(kind: WarningKind): Text {
  return pages[kind].title;
}

/** The page about a kind of warning as markdown, in the reader's language where `translate` knows it. */
export function warningMarkdown(kind: WarningKind, translate: (sentence: Text) => string = plain): string {
  return pageMarkdown(pages[kind], kind, translate);
}

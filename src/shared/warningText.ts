import { amountText } from './account.ts';
import { periods } from './gauge.ts';
import { text, type Text } from './text.ts';
import type { Warning } from './warning.ts';

/** The sentence of a warning, as in "92 % of today’s requests used; resets in 4 h." `now` is in milliseconds since 1970. */
export function warningText(warning: Warning, now: number): Text {
  const { unit, remaining, limit, window, resetAt, runsOutAt } = warning;
  const left = unit === '%' ? `${Math.floor(remaining)} %` : amountText(remaining, unit);
  switch (warning.kind) {
    case 'credit_running_out':
      if (remaining <= 0) return text('No credit is left: {0}.', left);
      if (runsOutAt !== null)
        return text('At this pace out of credit in about {0}: {1} left.', span(runsOutAt - now), left);
      return limit === null
        ? text('Only {0} left.', left)
        : text('Only {0} of {1} left.', left, amountText(limit, unit));
    case 'budget_running_out':
      if (runsOutAt !== null)
        return text('At this pace the budget is spent in about {0}: {1} left.', span(runsOutAt - now), left);
      return limit === null
        ? text('Only {0} of the budget left.', left)
        : text('{0} % of the budget of {1} is spent.', usedPercent(remaining, limit), amountText(limit, unit));
    case 'rate_limit_close':
      return text(
        'Calls keep coming close to the limit of {0} each {1}. Slower ones would not be refused.',
        limit === null ? unit : amountText(limit, unit),
        window === null ? 'minute' : span(window * 1000),
      );
    case 'quota_running_out': {
      const [paced, used, usedUntil] = quotaTexts[periodOf(window)];
      const thing = unit === '%' ? 'quota' : unit;
      if (runsOutAt !== null) return { message: paced, args: [thing, span(runsOutAt - now), left] };
      const percent = limit === null ? left : usedPercent(remaining, limit);
      return resetAt === null
        ? { message: used, args: [percent, thing] }
        : { message: usedUntil, args: [percent, thing, span(resetAt - now)] };
    }
  }
}

/** A warning in so few words that a status bar can hold them. */
export function warningLabel({ kind, remaining, limit, runsOutAt }: Warning, now: number): Text {
  switch (kind) {
    case 'credit_running_out':
      if (remaining <= 0) return text('out of credit');
      return runsOutAt === null ? text('credit is low') : text('out of credit in about {0}', span(runsOutAt - now));
    case 'quota_running_out':
      if (runsOutAt !== null) return text('quota used up in about {0}', span(runsOutAt - now));
      return limit === null ? text('quota is low') : text('{0} % of the quota used', usedPercent(remaining, limit));
    case 'rate_limit_close':
      return text('close to the rate limit');
    case 'budget_running_out':
      if (runsOutAt !== null) return text('budget spent in about {0}', span(runsOutAt - now));
      return limit === null ? text('budget is low') : text('{0} % of the budget spent', usedPercent(remaining, limit));
  }
}

type Period = 'hour' | 'day' | 'week' | 'month' | 'other';

/** Runs out at this pace; used; used and reset. As literals, so that each can be translated whole. */
const quotaTexts: Readonly<Record<Period, readonly [string, string, string]>> = {
  hour: [
    text('At this pace nothing is left of this hour’s {0} in about {1}: {2} now.').message,
    text('{0} % of this hour’s {1} used.').message,
    text('{0} % of this hour’s {1} used; resets in {2}.').message,
  ],
  day: [
    text('At this pace nothing is left of today’s {0} in about {1}: {2} now.').message,
    text('{0} % of today’s {1} used.').message,
    text('{0} % of today’s {1} used; resets in {2}.').message,
  ],
  week: [
    text('At this pace nothing is left of this week’s {0} in about {1}: {2} now.').message,
    text('{0} % of this week’s {1} used.').message,
    text('{0} % of this week’s {1} used; resets in {2}.').message,
  ],
  month: [
    text('At this pace nothing is left of this month’s {0} in about {1}: {2} now.').message,
    text('{0} % of this month’s {1} used.').message,
    text('{0} % of this month’s {1} used; resets in {2}.').message,
  ],
  other: [
    text('At this pace nothing is left of the {0} in about {1}: {2} now.').message,
    text('{0} % of the {1} used.').message,
    text('{0} % of the {1} used; resets in {2}.').message,
  ],
};

function periodOf(window: number | null): Period {
  if (window === null) return 'other';
  const near = (seconds: number): boolean => Math.abs(window / seconds - 1) < 0.15;
  if (near(periods.hour)) return 'hour';
  if (near(periods.day)) return 'day';
  if (near(periods.week)) return 'week';
  return near(periods.month) ? 'month' : 'other';
}

function usedPercent(remaining: number, limit: number): number {
  // 99.6 % are not all.
  return Math.min(remaining > 0 ? 99 : Infinity, Math.round((1 - remaining / limit) * 100));
}

/** A time as people say it, roughly: `40 s`, `12 min`, `3 h`, `5 d`. */
export function span(milliseconds: number): string {
  const seconds = Math.max(1, milliseconds / 1000);
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} d`;
}

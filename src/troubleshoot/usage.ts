import { amountText } from '../shared/account.ts';
import type { CallHistory, SamePlace } from '../shared/callHistory.ts';
import type { CallSite } from '../shared/callSite.ts';
import { text, type Text } from '../shared/text.ts';
import type { Step, StepFact } from '../shared/troubleshooting.ts';
import { stepOf, type Known } from './known.ts';
import { call, fact, moment, span, step, verbatim } from './step.ts';

/** Step 4: what was called how often, by which line, and what changed before it was refused. */
export function usageStep(known: Known): Step {
  const { history, exchange, changes, title } = known;
  if (history === null) return step('usage', 'unknown', [text('The log could not be read.')]);
  const { lastSuccess, servedSince, lastMinute, lastHour } = history;
  const { diagnosis } = exchange;
  const paced =
    diagnosis !== null && !exchange.simulated && stepOf[diagnosis.cause] === 'usage'
      ? [
          text('{0} refuses calls that come too fast: {1} in the last minute.', title, lastMinute),
          diagnosis.retry.afterSeconds === null
            ? text('Leave more time between them, or send fewer at once.')
            : text('It asks for a pause of {0}.', span(diagnosis.retry.afterSeconds * 1000)),
        ]
      : [];
  const weighty = changes.filter((change) => change.weighty);
  const state = paced.length > 0 ? 'problem' : weighty.length > 0 && servedSince === null ? 'needsYou' : 'ok';
  const filled = step(
    'usage',
    state,
    [
      ...paced,
      text('Calls: {0} in the last hour, {1} in the last day; {2} refused.', lastHour, history.calls, history.refused),
      costText(history),
      servedSince === null ? null : text('The same was served since, at {0}: it may be over.', moment(servedSince.at)),
      lastSuccess === null
        ? text('No call like this was served before, as far as the log goes.')
        : changes.length === 0
          ? text('Nothing in the request changed since it was last served, at {0}.', moment(lastSuccess.at))
          : text('Since it was last served, at {0}:', moment(lastSuccess.at)),
      ...changes.map(({ sentence }) => sentence),
    ],
    {
      facts: [...facts(history), spentToday(known)],
      actions: [
        call('usage', text('Show the calls to {0}', title), 'showCalls'),
        lastSuccess === null
          ? null
          : {
              kind: 'show',
              id: 'usage.lastSuccess',
              title: text('Show the call that was served'),
              exchange: lastSuccess.id,
            },
        exchange.callSite === null ? null : call('usage', text('Go to the line'), 'reveal'),
      ],
    },
  );
  return { ...filled, hours: history.hours };
}

function spentToday({ api }: Known): StepFact | null {
  const { todayUsd = 0 } = api?.spending ?? {};
  return fact(text('Spent today'), todayUsd === 0 ? null : amountText(todayUsd, 'USD'));
}

function facts(history: CallHistory): readonly (StepFact | null)[] {
  const { lines, models, hours, firstRefusal, lastSuccess, inARow } = history;
  const busiest = hours.toSorted((a, b) => b.calls - a.calls)[0];
  return [
    ...lines.map(({ callSite, method, path, calls, refused, costUsd }) => ({
      name: callSite === null ? verbatim(`${method} ${path}`) : verbatim(lineOf(callSite)),
      value: callsText(calls, refused, costUsd),
    })),
    fact(text('Models'), models.map(({ model, calls }) => `${model} (${String(calls)})`).join(', ')),
    fact(
      text('Busiest hour'),
      busiest === undefined || hours.length < 2
        ? null
        : text('{0} calls from {1} on', busiest.calls, moment(busiest.at)),
    ),
    fact(text('Last served'), lastSuccess === null ? null : verbatimPlace(lastSuccess)),
    fact(
      text('First refused'),
      firstRefusal === null ? null : text('{0}, {1} in a row since', moment(firstRefusal.at), inARow),
    ),
  ];
}

/** What the day cost, and how fast that went in the hour before. */
function costText({ costUsd, tokens, hours, until }: CallHistory): Text | null {
  if (costUsd === null || costUsd === 0) return null;
  const lately = hours.filter(({ at }) => at > until - 2 * hour).reduce((sum, one) => sum + (one.costUsd ?? 0), 0);
  const [whole, tokenCount] = [amountText(costUsd, 'USD'), tokens.toLocaleString('en-US')];
  if (lately >= costUsd) return text('Cost in the last day: {0} for {1} tokens.', whole, tokenCount);
  const since = moment(Math.floor(until / hour) * hour - hour);
  return text(
    'Cost in the last day: {0} for {1} tokens, of that {2} since {3}.',
    whole,
    tokenCount,
    amountText(lately, 'USD'),
    since,
  );
}

const hour = 3_600_000;

function callsText(calls: number, refused: number, costUsd: number | null): Text {
  if (costUsd !== null) return text('{0} calls, {1} refused, {2}', calls, refused, amountText(costUsd, 'USD'));
  if (calls === 1) return refused === 0 ? text('1 call') : text('1 call, refused');
  return refused === 0 ? text('{0} calls', calls) : text('{0} calls, {1} refused', calls, refused);
}

function verbatimPlace({ at, samePlace }: NonNullable<CallHistory['lastSuccess']>): Text {
  const by: Readonly<Record<SamePlace, Text>> = {
    line: text('{0}, by the same line', moment(at)),
    function: text('{0}, by the same function', moment(at)),
    path: text('{0}, by the same path', moment(at)),
    api: text('{0}, another call to this API', moment(at)),
  };
  return by[samePlace];
}

/** The last two parts of the path say enough. */
function lineOf({ file, line }: CallSite): string {
  return `${file.split(/[\\/]/).slice(-2).join('/')}:${String(line)}`;
}

import { text, type Text } from '../shared/text.ts';
import type { Step } from '../shared/troubleshooting.ts';
import { requestIds } from './exchangeReport.ts';
import type { Known } from './known.ts';
import { call, fact, moment, page, step } from './step.ts';

/** Step 5: what to tell the provider, and how. `before` are the four steps that went before. */
export function contactStep({ exchange, provider, title }: Known, before: readonly Step[]): Step {
  const { diagnosis, response } = exchange;
  const support = provider?.pages.support ?? null;
  // What changed before is a hint, no finding.
  const found = before.some(({ name, state }) => state === 'problem' || (state === 'needsYou' && name !== 'usage'));
  const theirs =
    diagnosis?.responsibleParty === 'provider' ||
    diagnosis?.cause === 'account_suspended' ||
    diagnosis?.cause === 'payment_service_outage';
  const unanswered = response === null && exchange.failure !== null ? exchange.failure : null;
  const state = exchange.simulated || unanswered !== null || (found && !theirs) ? 'ok' : 'needsYou';
  const ids = requestIds(response?.headers ?? []);
  return step(
    'contact',
    state,
    [
      unanswered === null
        ? sentence(exchange.simulated, theirs, found, title)
        : text('Nothing came back from {0}: {1} {2}', title, unanswered.message, unanswered.hint),
      ready,
    ],
    {
      facts: [
        fact(text('Write to'), support?.replace(/^mailto:/, '')),
        fact(text('Time of the call'), moment(exchange.startedAt)),
        ...ids.map(([name, value]) => fact(text('{0}', name), value)),
        fact(text('Request id'), ids.length === 0 ? diagnosis?.facts.requestId : null),
      ],
      actions: [
        call('contact', text('Copy the report'), 'copyReport'),
        call('contact', text('Save the report…'), 'saveReport'),
        call('contact', text('Write a mail'), 'mailReport'),
        support?.startsWith('https:') === true
          ? call('contact', text('Open support of {0}', title), 'openSupport')
          : null,
        page('contact', 'status', text('Open the status page'), provider?.pages.status),
      ],
    },
  );
}

const ready = text('A report without secrets is ready: the call as HAR, its ids and times, and what was checked.');

function sentence(simulated: boolean, theirs: boolean, found: boolean, title: string): Text {
  if (simulated) return text('There is nothing to write to {0} about: the refusal was simulated.', title);
  if (theirs) return text('Only {0} can mend this.', title);
  return found
    ? text('Not needed, if what was found above can be mended.')
    : text('Nothing was found on your side, so {0} has to look.', title);
}

import { providerById, providerForHost } from '../providers/index.ts';
import type { CallHistory } from '../shared/callHistory.ts';
import { ChannelError } from '../shared/channel.ts';
import type { Exchange, ExchangeId } from '../shared/exchange.ts';
import { toPanelBody } from '../shared/panelBody.ts';
import type { GatewayApi } from '../shared/protocol.ts';
import { plain, text, type Text } from '../shared/text.ts';
import { stepNames, type Step, type StepName, type Troubleshooting } from '../shared/troubleshooting.ts';
import { changesBetween, savedSince, type Change, type CallWithBody } from './changes.ts';
import { contactStep } from './contact.ts';
import type { Known } from './known.ts';
import { paymentStep } from './payment.ts';
import { step } from './step.ts';
import { subscriptionStep } from './subscription.ts';
import { tokenStep } from './token.ts';
import { usageStep } from './usage.ts';

/** Where the facts come from: a gateway, and the disk. */
export interface TroubleshootSources extends Pick<
  GatewayApi,
  'apis' | 'exchange' | 'body' | 'history' | 'credentialLook' | 'verifyAccount'
> {
  /** When a file was last saved, in milliseconds since 1970; null where that is not known. */
  savedAt(file: string): Promise<number | null>;
}

/**
 * Walks the five steps for an exchange. `onChange` hears of each step that is done; the promise has them all. What
 * cannot be asked is said in its step. Fails with code `not_found` where the exchange is no longer stored.
 */
export async function troubleshoot(
  id: ExchangeId,
  sources: TroubleshootSources,
  onChange: (sofar: Troubleshooting) => void,
): Promise<Troubleshooting> {
  const exchange = await sources.exchange(id);
  if (exchange === null) throw new ChannelError('not_found', plain(text('This call is no longer in the log.')));
  let sofar: Troubleshooting = {
    id,
    startedAt: Date.now(),
    finishedAt: null,
    simulated: exchange.simulated,
    conclusion: null,
    steps: stepNames.map((name) => step(name, 'running', [beginnings[name]])),
  };
  const fill = (done: Step): void => {
    sofar = { ...sofar, steps: sofar.steps.map((one) => (one.name === done.name ? done : one)) };
    onChange(sofar);
  };
  onChange(sofar);

  const first = await knownAtFirst(exchange, sources);
  // The log is at hand; the account may take its time.
  const logged = logOf(exchange, sources).then((log) => {
    fill(usageStep({ ...first, ...log }));
    return log;
  });
  const asked = first.api === null ? null : sources.verifyAccount(first.api.name, exchange).catch(() => null);
  const [account, log] = await Promise.all([asked, logged]);
  const known: Known = { ...first, ...log, account, now: Date.now() };
  for (const take of [paymentStep, subscriptionStep, tokenStep]) fill(take(known));
  fill(contactStep(known, sofar.steps));
  sofar = { ...sofar, finishedAt: Date.now(), conclusion: conclusionOf(sofar.steps, exchange) };
  onChange(sofar);
  return sofar;
}

const beginnings: Readonly<Record<StepName, Text>> = {
  payment: text('Asking the provider what is left…'),
  subscription: text('Looking for the plan…'),
  token: text('Looking at the credential…'),
  usage: text('Reading the log…'),
  contact: text('Waiting for the other steps…'),
};

/** What can be told without asking the vendor, before asking renews a token. */
async function knownAtFirst(exchange: Exchange, sources: TroubleshootSources): Promise<Known> {
  const apis = exchange.api === null ? [] : await sources.apis();
  const api = apis.find(({ name }) => name === exchange.api) ?? null;
  const stored = api === null ? null : await sources.credentialLook(api.name).catch(() => null);
  const provider = exchange.provider === null ? providerForHost(exchange.host) : providerById(exchange.provider);
  const title = api?.title ?? provider?.title ?? exchange.host;
  return { exchange, provider, title, api, stored, account: null, history: null, changes: [], now: Date.now() };
}

async function logOf(exchange: Exchange, sources: TroubleshootSources): Promise<Pick<Known, 'history' | 'changes'>> {
  const history = await sources.history(exchange.id).catch(() => null);
  return { history, changes: history === null ? [] : await changesIn(history, exchange, sources) };
}

async function changesIn(
  { lastSuccess, firstRefusal }: CallHistory,
  exchange: Exchange,
  sources: TroubleshootSources,
): Promise<readonly Change[]> {
  // Another call altogether differs in everything.
  if (lastSuccess === null || lastSuccess.samePlace === 'api') return [];
  const [served, refused] = await Promise.all([
    callWithBody(lastSuccess.id, sources),
    callWithBody(firstRefusal?.id ?? exchange.id, sources),
  ]);
  const changes = served === null || refused === null ? [] : changesBetween(served, refused);
  const file = exchange.callSite?.file;
  const savedAt = file === undefined ? null : await sources.savedAt(file).catch(() => null);
  return file === undefined || savedAt === null || savedAt <= lastSuccess.at
    ? changes
    : [...changes, savedSince(file.split(/[\\/]/).at(-1) ?? file, savedAt)];
}

async function callWithBody(
  id: ExchangeId,
  { exchange, body }: Pick<TroubleshootSources, 'exchange' | 'body'>,
): Promise<CallWithBody | null> {
  const [found, content] = await Promise.all([exchange(id), body(id, 'request')]);
  return found === null ? null : { exchange: found, body: content === null ? null : toPanelBody(content).text };
}

function conclusionOf(steps: readonly Step[], { simulated }: Exchange): Text {
  const problems = steps.filter(({ state }) => state === 'problem').length;
  if (simulated) return text('The refusal was simulated: the provider was not called. What was checked is real.');
  if (problems === 1) return text('1 of 5 steps shows a problem.');
  if (problems > 1) return text('{0} of 5 steps show a problem.', problems);
  return steps.some(({ state }) => state === 'unknown')
    ? text('No problem was found, but not everything could be checked.')
    : text('No problem was found.');
}

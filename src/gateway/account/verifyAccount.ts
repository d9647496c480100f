import { doubt } from '../../providers/accounts/reading.ts';
import { relayChecks } from '../../providers/accounts/relays.ts';
import type { AccountCheck, AccountFigures, AccountReading, AccountReport, TokenPrice } from '../../shared/account.ts';
import { ChannelError } from '../../shared/channel.ts';
import type { ExchangeSummary } from '../../shared/exchange.ts';
import { text } from '../../shared/text.ts';
import type { Credentials, Injection, ResolvedApi } from '../parts.ts';
import { affordableTokens, listedPrice } from './affordable.ts';
import { fitting, isOwnHost } from './accountUrl.ts';
import { askAccount, askJson, patienceSeconds, type AccountAsking, type CheckOutcome } from './askAccount.ts';
import { conclude } from './conclude.ts';

/** What a verification reaches. */
export interface AccountParts {
  readonly credentials: Pick<Credentials, 'injection'>;
  /** Reaches upstreams the way calls do. */
  readonly fetch: typeof fetch;
  /** Where management keys are looked for. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/**
 * Asks a vendor what an API's account has left. `about` is the call that wants to be paid, or null. Never fails: what
 * goes wrong is why it is not known.
 */
export async function verifyAccount(
  api: ResolvedApi,
  about: ExchangeSummary | null,
  { credentials, fetch, environment }: AccountParts,
): Promise<AccountReport> {
  const now = Date.now();
  const report = (
    reading: AccountReading,
    checks: readonly CheckOutcome[] = [],
    call: Pick<AccountReport, 'need' | 'affordableTokens'> = { need: null },
  ): AccountReport => ({
    ...reading,
    api: api.name,
    title: api.title,
    provider: api.provider?.id ?? null,
    at: now,
    ...call,
    checks,
    page: api.provider?.pages.billing ?? null,
  });
  const checks = checksOf(api);
  if (checks.length === 0) return report(cannotAsk(api));
  const injection = await credentialOf(api, credentials);
  if ('why' in injection) return report(injection);

  const signal = AbortSignal.timeout(patienceSeconds * 1000);
  const asking: AccountAsking = { api, fetch, injection, environment, signal, now };
  if (checks === relayChecks) {
    const tried = await Promise.all(checks.map((check) => askAccount(check, asking)));
    const found = tried.find(({ reading }) => reading.why === null || reading.why === 'no_balance');
    return found === undefined ? report(unreached(tried) ?? cannotAsk(api)) : report(found.reading, [found]);
  }
  const price = about === null ? null : askPrice(about, asking);
  const outcomes = await Promise.all(checks.map((check) => askAccount(check, asking)));
  const reading = conclude(
    outcomes.map((outcome, index) => ({ covers: checks[index]?.covers ?? 'account', reading: outcome.reading })),
  );
  if (about === null) return report(reading, outcomes);
  const perToken = (await price) ?? (await listedPrice(about));
  return report(reading, outcomes, {
    need: neededBy(about, reading.figures, perToken),
    affordableTokens: reading.state === 'funded' ? affordableTokens(about, reading.figures, perToken) : null,
  });
}

/** A relay of one's own answers otherwise than the vendor behind it, so it is asked in the relays' ways. */
function checksOf(api: ResolvedApi): readonly AccountCheck[] {
  const known = api.provider?.checks ?? [];
  if (known.length > 0) {
    const fit = fitting(known, api).filter(({ managementKey }) => managementKey === undefined || isOwnHost(api));
    if (fit.length > 0) return fit;
  }
  return isOwnHost(api) ? [] : relayChecks;
}

function cannotAsk({ title, provider }: ResolvedApi): AccountReading {
  return provider?.pages.billing == null
    ? doubt('no_endpoint', text('{0} cannot be checked by API. Look where you pay for it.', title))
    : doubt('no_endpoint', text('{0} cannot be checked by API. Look at its billing page.', title));
}

async function credentialOf(
  api: ResolvedApi,
  credentials: AccountParts['credentials'],
): Promise<Injection | AccountReading> {
  try {
    const injection = await credentials.injection(api);
    if (injection !== null) return injection;
  } catch (error) {
    if (!(error instanceof ChannelError)) throw error;
    return doubt('no_credential', text('{0} was not asked. {1}', api.title, error.message));
  }
  return doubt(
    'no_credential',
    text('Tollgate holds no credential of {0} to ask with. Set one; programs may go on sending their own.', api.title),
  );
}

/** Nobody there is another matter than nobody who knows. */
function unreached(tried: readonly CheckOutcome[]): AccountReading | null {
  return tried.every(({ reading }) => reading.why === 'unreachable') ? (tried[0]?.reading ?? null) : null;
}

async function askPrice({ model }: ExchangeSummary, asking: AccountAsking): Promise<TokenPrice | null> {
  const { price } = asking.api.provider ?? {};
  const path = model === null ? null : (price?.path(model) ?? null);
  if (path === null) return null;
  return price?.read(await askJson(path, asking)) ?? null;
}

/** What a call needs: as its refusal said, or by the price of the output that it asked for. */
function neededBy({ diagnosis }: ExchangeSummary, { unit }: AccountFigures, price: TokenPrice | null): number | null {
  const facts = diagnosis?.facts ?? {};
  if (facts.price !== undefined && (facts.currency ?? unit) === unit) return facts.price;
  if (facts.requestedTokens === undefined || price === null || price.unit !== unit) return null;
  return facts.requestedTokens * price.perToken;
}

import { existsSync } from 'node:fs';
import path from 'node:path';
import type { AccessBoard } from '../../shared/access.ts';
import type { AccessApi } from '../../shared/accessApi.ts';
import type { TeamToken } from '../../shared/accessTeams.ts';
import type { ExchangeSummary } from '../../shared/exchange.ts';
import { createLimits } from '../budget/limits.ts';
import type { CatalogueFile, CatalogueState } from '../catalogueFile.ts';
import { nextBoundary } from './accessBoard.ts';
import { accessFileName } from './accessDatabase.ts';
import { createAdmission, type Admission } from './admission.ts';
import { createCharges } from './charges.ts';
import { createDeclaring } from './declare.ts';
import { createDesk } from './desk.ts';
import type { Tokens } from './joseTokens.ts';
import { createKeeper, pastUses, type Keeper } from './keeper.ts';
import { createRates } from './rates.ts';
import type { AccessSnapshot } from './snapshot.ts';
import { noTerms, quotaRules, termsOf, type AccessTerms } from './terms.ts';
import { createTeamTokenDesk } from './teamTokenDesk.ts';
import { createTokenDesk } from './tokenDesk.ts';

/** Milliseconds that changes of the board are gathered for before they are told. */
const tellDelay = 60;
const longestTimer = 3_600_000;

export interface AccessOptions {
  readonly dataDirectory: string;
  readonly catalogueFile: string | null;
  readonly catalogue: CatalogueFile;
  readonly fetch: typeof globalThis.fetch;
  readonly isProgramKey: (value: string) => boolean;
  /** Whether an API's own budget depends on what a call may cost. */
  readonly costMatters: (api: string) => boolean;
  readonly onChanged: (board: AccessBoard) => void;
  /** Something is wrong with what is kept; forwarding goes on regardless. */
  readonly onProblem: (problem: string) => void;
}

/** Who may call what: the door, the desk behind it, and what is kept. */
export interface AccessGate {
  readonly admission: Admission;
  readonly api: AccessApi;
  /** Whether applications, plans or limits are declared, so that callers may have keys of ours. */
  hasTerms(): boolean;
  /** Whether anything is asked, or counted, of calls to an API. */
  watches(api: string): boolean;
  /** The team's token that was shown; null where it opens nothing. */
  teamToken(presented: string): TeamToken | null;
  /** What ended calls have used. */
  recorded(rows: readonly ExchangeSummary[]): void;
  /** Resolves once all that was charged is on disk. */
  flush(): Promise<void>;
  /** The public keys of our own tokens. */
  jwks(): Promise<ReturnType<Tokens['jwks']>>;
  close(): Promise<void>;
}

/**
 * Opens the gate. Where neither `tollgate.jsonc` declares anything nor anything is kept from before, no thread runs and
 * the door stands open.
 */
export async function openAccess(options: AccessOptions): Promise<AccessGate> {
  const { dataDirectory, catalogueFile, catalogue } = options;
  let terms: AccessTerms | null = null;
  let opened = false;
  let tellTimer: NodeJS.Timeout | null = null;
  let boundaryTimer: NodeJS.Timeout | null = null;
  let tokens: Promise<Tokens> | null = null;
  let ruled = '';

  const limits = createLimits();
  const rates = createRates();
  const keeper: Keeper = createKeeper(
    dataDirectory,
    (usageToo) => {
      applyRules(usageToo);
      tell();
    },
    options.onProblem,
  );
  const charges = createCharges((spender, charge) => {
    keeper.ledger.charge(spender, charge);
    tell();
  });
  const termsNow = (): AccessTerms => terms ?? noTerms;

  const applyRules = (usageToo: boolean): void => {
    const { applications, plans, budgets } = termsNow();
    const quotas = [...keeper.snapshot.subscriptions.values()].flatMap((row) => {
      const plan = row.plan === null || row.state !== 'active' ? undefined : plans.get(row.plan);
      return plan === undefined ? [] : quotaRules(row, plan);
    });
    const rules = [...budgets, ...quotas];
    const next = JSON.stringify([rules, [...applications.values()].map(({ name, team }) => [name, team])]);
    if (!usageToo && next === ruled) return;
    ruled = next;
    limits.configure(
      rules,
      pastUses(keeper.past(), (name) => applications.get(name)?.team ?? ''),
    );
  };
  const tell = (): void => {
    tellTimer ??= setTimeout(() => {
      tellTimer = null;
      void desk.access().then(options.onChanged);
    }, tellDelay);
    if (boundaryTimer !== null) clearTimeout(boundaryTimer);
    const now = Date.now();
    const next = nextBoundary(keeper.snapshot, now);
    boundaryTimer =
      next === null ? null : setTimeout(tell, Math.min(longestTimer, Math.max(1, next - now + 1))).unref();
  };
  const open = async (): Promise<Keeper> => {
    opened = true;
    await keeper.open();
    return keeper;
  };
  const apply = async (next: AccessTerms | null): Promise<void> => {
    if (next === null && !opened && !existsSync(path.join(dataDirectory, accessFileName))) return;
    await open();
    terms = next;
    applyRules(false);
    tell();
  };

  const openTokens = (): Promise<Tokens> => {
    tokens ??= import('./joseTokens.ts').then((jose) =>
      jose.openTokens(dataDirectory, catalogueFile === null ? null : path.dirname(catalogueFile), options.fetch),
    );
    return tokens;
  };
  const desk = createDesk({ keeper, limits, terms: termsNow });
  const tokenDesk = createTokenDesk({
    keeper,
    limits,
    terms: termsNow,
    tokens: openTokens,
    isProgramKey: options.isProgramKey,
  });
  const teamTokens = createTeamTokenDesk(keeper, termsNow);
  const declaring = createDeclaring(catalogueFile, catalogue, open);

  const declared = ({ access, apis }: CatalogueState): AccessTerms | null =>
    access === null ? null : termsOf(access, apis);
  await apply(declared(catalogue.state));
  catalogue.onChanged((state) => void apply(declared(state)));

  return {
    hasTerms: () => terms !== null,
    watches: (api) => terms !== null && (terms.apis.has(api) || limits.concerns(api)),
    admission: createAdmission({
      limits,
      charges,
      rates,
      terms: () => terms,
      snapshot: (): AccessSnapshot => keeper.snapshot,
      verifyToken: tokenDesk.verify,
      isOwnToken: tokenDesk.isOwn,
      used: (key) => keeper.ledger.used(key),
      costMatters: options.costMatters,
    }),
    api: {
      ...desk,
      ...declaring,
      teamTokens: () => teamTokens.teamTokens(),
      issueTeamToken: (request) => teamTokens.issueTeamToken(request),
      revokeTeamToken: (revocation) => teamTokens.revokeTeamToken(revocation),
      issueToken: (request) => tokenDesk.issueToken(request),
      validateAccess: (request) => tokenDesk.validateAccess(request),
    },
    teamToken: (presented) => teamTokens.find(presented),
    recorded: (rows) => charges.recorded(rows),
    flush: () => (opened ? keeper.ledger.flush() : Promise.resolve()),
    jwks: async () => (await openTokens()).jwks(),
    close: async () => {
      if (tellTimer !== null) clearTimeout(tellTimer);
      if (boundaryTimer !== null) clearTimeout(boundaryTimer);
      charges.dispose();
      if (opened) await keeper.close();
    },
  };
}

import type { ExchangeId, FailureCode, HeaderList } from '../../shared/exchange.ts';
import { expectationOf } from '../budget/expectation.ts';
import type { Spender } from '../budget/limit.ts';
import type { Limits } from '../budget/limits.ts';
import type { Caller, Inbound } from '../engine.ts';
import { mayCost } from '../mayCost.ts';
import type { ResolvedApi } from '../parts.ts';
import type { Charges } from './charges.ts';
import {
  entitlement,
  identifyKey,
  isRefusal,
  outOfScope,
  withoutKey,
  type Entitlement,
  type Identity,
} from './examine.ts';
import { modelInPath, peekRequest } from './peekRequest.ts';
import { presentedIn, type Presented } from './presented.ts';
import type { Rates } from './rates.ts';
import { refuseOverLimit, refuseTooFast, type AccessRefusal } from './refusal.ts';
import type { AccessSnapshot } from './snapshot.ts';
import type { AccessTerms } from './terms.ts';

/** Where a call goes that may pass, and one that may not. */
export interface Ways {
  pass(inbound: Inbound, path: string): void;
  refuse(inbound: Inbound, path: string, refusal: AccessRefusal): void;
  readonly broken: (error: unknown) => void;
}

/** The gateway's door: every call to a declared API comes by. */
export interface Admission {
  /** Sends a call on its way: at once, unless a token or a body has to be read first. */
  enter(inbound: Inbound, api: ResolvedApi, path: string, ways: Ways): void;
  /** Whether a call may be passed on to another API instead. */
  mayCall(caller: Caller | undefined, api: string): boolean;
  /** Reads beforehand what limits depend on: the model, and what the call may use. */
  look(inbound: Inbound, api: ResolvedApi, path: string): Promise<Looked>;
  /** Lets somebody with the gateway's own token call, who needs no subscription; budgets hold for him as well. */
  operator(looked: Looked, api: string): Inbound | AccessRefusal;
  /** A call has ended. `recorded` says whether what it used will be told. */
  answered(id: ExchangeId, failure: FailureCode | null, recorded: boolean): void;
}

/** A request, and what was read of it. */
export interface Looked {
  readonly inbound: Inbound;
  /** '' where no limit depends on it, or it names none. */
  readonly model: string;
}

export interface AdmissionParts {
  readonly limits: Limits;
  readonly charges: Charges;
  readonly rates: Rates;
  /** Null where nothing is declared: then the door stands open. */
  terms(): AccessTerms | null;
  snapshot(): AccessSnapshot;
  verifyToken(value: string, api: string): Promise<Identity | AccessRefusal>;
  isOwnToken(value: string): boolean;
  used(key: string): void;
  /** Whether the API's own budget depends on what a call may cost. */
  costMatters(api: string): boolean;
}

export function createAdmission(parts: AdmissionParts): Admission {
  const { limits, charges, rates } = parts;

  /** Who calls; null where nobody needs to be known. */
  const identify = (
    terms: AccessTerms,
    shown: Presented | null,
    api: string,
  ): Identity | AccessRefusal | null | Promise<Identity | AccessRefusal> => {
    const wanted = terms.apis.has(api);
    const world = { terms, snapshot: parts.snapshot(), now: Date.now() };
    if (shown?.kind === 'key') return identifyKey(shown.value, api, world);
    if (shown?.kind === 'token' && (wanted || parts.isOwnToken(shown.value)))
      return parts.verifyToken(shown.value, api);
    return wanted ? withoutKey(api, shown) : null;
  };

  const admit = (
    terms: AccessTerms,
    identity: Identity | null,
    { inbound, api, path }: { readonly inbound: Inbound; readonly api: ResolvedApi; readonly path: string },
    model: string,
    ways: Ways,
  ): void => {
    let rests: Entitlement | null = null;
    if (identity !== null) {
      const refused = outOfScope(identity, api.name, inbound.method, terms);
      if (refused !== null) {
        ways.refuse(inbound, path, refused);
        return;
      }
      if (terms.apis.has(api.name)) {
        const found = entitlement(identity.application, api.name, {
          terms,
          snapshot: parts.snapshot(),
          now: Date.now(),
        });
        if (isRefusal(found)) {
          ways.refuse(inbound, path, found);
          return;
        }
        rests = found;
      }
    }
    const call = {
      api: api.name,
      application: identity?.application.name ?? null,
      ...(rests === null ? {} : { subscription: rests.subscription.id }),
      ...(identity?.key == null ? {} : { key: identity.key }),
    };
    const rate = rests?.plan?.rate ?? null;
    if (rests !== null && rate !== null) {
      const state = rates.take(rests.subscription.id, rate);
      if (!state.granted) {
        ways.refuse(inbound, path, refuseTooFast(call, rests.plan?.name ?? '', rate, state));
        return;
      }
    }
    const spender: Spender = {
      team: identity?.application.team ?? '',
      application: identity?.application.name ?? '',
      key: identity?.key ?? '',
      api: api.name,
      model,
      term: rests === null ? '' : String(rests.subscription.quotaSince),
    };
    const reserved = limits.reserve(spender, mayCost(inbound), inbound.expectation);
    if (reserved.kind === 'exhausted') {
      ways.refuse(inbound, path, refuseOverLimit(call, reserved.limit, reserved.status, Date.now()));
      return;
    }
    if (identity?.key != null) parts.used(identity.key);
    const caller: Caller = {
      application: identity?.application ?? null,
      begun: (id) => charges.begun(id, reserved.reservation),
    };
    ways.pass({ ...inbound, caller }, path);
  };

  const useMatters = (inbound: Inbound, api: string): boolean =>
    (limits.byUse || parts.costMatters(api)) && mayCost(inbound) && inbound.upgrade === null;

  const look: Admission['look'] = async (inbound, api, path) => {
    const named = inbound.model ?? modelInPath(path);
    const isKnown = named !== null || !limits.byModel || inbound.upgrade !== null;
    if (isKnown && (inbound.expectation !== undefined || !useMatters(inbound, api.name)))
      return { inbound, model: limits.byModel ? (named ?? '') : '' };
    const { request, model, inbound: seen } = await peekRequest(inbound);
    const expectation = inbound.expectation ?? expectationOf(request, named ?? model, api);
    return {
      inbound: expectation === null ? seen : { ...seen, expectation },
      model: limits.byModel ? (named ?? model) : '',
    };
  };

  const enter = async (
    terms: AccessTerms,
    identifying: ReturnType<typeof identify>,
    request: { readonly inbound: Inbound; readonly api: ResolvedApi; readonly path: string },
    ways: Ways,
  ): Promise<void> => {
    const identity = await identifying;
    if (isRefusal(identity)) {
      ways.refuse(request.inbound, request.path, identity);
      return;
    }
    const { inbound, model } = await look(request.inbound, request.api, request.path);
    admit(terms, identity, { ...request, inbound }, model, ways);
  };

  return {
    enter: (inbound, api, path, ways) => {
      const terms = parts.terms();
      const pass = (): void => {
        if (!useMatters(inbound, api.name)) ways.pass(inbound, path);
        else
          look(inbound, api, path)
            .then((looked) => ways.pass(looked.inbound, path))
            .catch(ways.broken);
      };
      if (terms === null) {
        pass();
        return;
      }
      const shown = presentedIn(inbound.headers, path);
      const identity = identify(terms, shown, api.name);
      if (identity === null && !limits.any) {
        pass();
        return;
      }
      const request = identity === null ? { inbound, api, path } : { api, ...withoutCredential(inbound, path, shown) };
      const looks = limits.byModel || useMatters(inbound, api.name);
      if (identity instanceof Promise || (looks && !isRefusal(identity)))
        void enter(terms, identity, request, ways).catch(ways.broken);
      else if (isRefusal(identity)) ways.refuse(inbound, path, identity);
      else admit(terms, identity, request, '', ways);
    },
    mayCall: (caller, api) => {
      const terms = parts.terms();
      const application = caller?.application ?? null;
      const allowed = terms?.teams.get(application?.team ?? '')?.policy?.apis;
      if (allowed !== undefined && !allowed.includes(api)) return false;
      if (terms?.apis.has(api) !== true) return true;
      const world = { terms, snapshot: parts.snapshot(), now: Date.now() };
      return application !== null && !isRefusal(entitlement(application, api, world));
    },
    look,
    operator: ({ inbound, model }, api) => {
      if (!limits.any) return inbound;
      const spender: Spender = { team: '', application: '', key: '', api, model, term: '' };
      const reserved = limits.reserve(spender, mayCost(inbound), inbound.expectation);
      if (reserved.kind === 'exhausted')
        return refuseOverLimit({ api, application: null }, reserved.limit, reserved.status, Date.now());
      return { ...inbound, caller: { application: null, begun: (id) => charges.begun(id, reserved.reservation) } };
    },
    answered: (id, failure, recorded) => charges.answered(id, failure, recorded),
  };
}

/** What is sent on of a request: its credential was for us. */
function withoutCredential(
  inbound: Inbound,
  path: string,
  shown: Presented | null,
): { readonly inbound: Inbound; readonly path: string } {
  if (shown === null) return { inbound, path };
  const headers: HeaderList = shown.headers;
  return { inbound: { ...inbound, headers }, path: shown.path };
}

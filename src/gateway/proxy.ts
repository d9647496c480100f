import { ChannelError } from '../shared/channel.ts';
import { headerValue, type Failure } from '../shared/exchange.ts';
import type { SimulationPlan } from '../shared/simulation.ts';
import { plain, text } from '../shared/text.ts';
import { isForeign } from './access.ts';
import { isRefusal } from './access/examine.ts';
import type { Passages } from './ai/aiDesk.ts';
import { answerFailure, type FailureDetail } from './answerFailure.ts';
import type { Inbound, Reply } from './engine.ts';
import { unheld } from './budget/inFlight.ts';
import { budgetRefusal } from './budget/refusal.ts';
import { ExchangeTap } from './exchangeTap.ts';
import { refusal } from './guard.ts';
import { guardPassage, type GuardWays } from './guardrails/guardPassage.ts';
import { noCredentialFor } from './intercept/forwarding.ts';
import { replaceHeader, requestHeaders } from './headers.ts';
import { inject } from './inject.ts';
import { mayCost } from './mayCost.ts';
import type { Injection, ResolvedApi } from './parts.ts';
import { withHeaders } from './lifecycle/outgoingHeaders.ts';
import { operatorPassages } from './operatorPassages.ts';
import { passOn } from './passOn.ts';
import type { Beginning, Described, Passage, Proxy, ProxyParts } from './proxyParts.ts';
import { entriesOf } from './recourse/entries.ts';
import { pursueFromStart } from './recourse/pursueFromStart.ts';
import { rehearsedUpstream } from './recourse/rehearsedUpstream.ts';
import { rehearse } from './rehearse.ts';
import { route } from './route.ts';

/** Clients are not to ask again. */
const finalAnswer = ['x-should-retry', 'false'];

/** Passes calls on to upstreams and answers back, each watched by a tap that nobody waits for. */
export function createProxy(parts: ProxyParts): Proxy {
  const tapOf = (
    inbound: Inbound,
    api: ResolvedApi | null,
    path: string,
    more: Partial<Beginning> = {},
  ): ExchangeTap => {
    const origin = api?.upstream.origin ?? `http://127.0.0.1:${parts.routes().port}`;
    const operation = inbound.operation ?? (api && parts.lifecycle.operation(api.name, inbound.method, path));
    const application = inbound.caller?.application?.name ?? more.application;
    const begin = {
      id: parts.newId(),
      startedAt: Math.round(Date.now() - (performance.now() - inbound.readAt)),
      api: api === null || api.undeclared !== undefined ? null : api.name,
      provider: api?.provider?.id ?? null,
      url: origin + path,
      method: inbound.method,
      path,
      clientPath: inbound.target,
      httpVersion: inbound.httpVersion,
      headers: inbound.headers,
      client: inbound.client,
      credentialInjected: more.credentialInjected ?? false,
      replayOf: more.replayOf ?? null,
      simulated: more.simulated ?? false,
      ...(operation == null ? {} : { operation }),
      ...(application === undefined ? {} : { application }),
    };
    inbound.caller?.begun(begin.id);
    const tap = new ExchangeTap(begin, inbound.readAt, api?.undeclared === 'unread' ? null : parts.record());
    inbound.stage?.watched(tap);
    return tap;
  };

  const finish = (tap: ExchangeTap, api: ResolvedApi | null, ...end: Parameters<ExchangeTap['end']>): void => {
    parts.budgets.answered(tap.id);
    parts.admission.answered(tap.id, end[1]?.code ?? null, parts.record() !== null);
    if (tap.end(...end) && api !== null && api.undeclared === undefined)
      parts.finished(api.name, tap.status, end[0] === 'failed');
  };

  /** Answers a failure before anything went upstream. */
  const refuse = (
    inbound: Inbound,
    reply: Reply,
    api: ResolvedApi | null,
    failure: Failure,
    more: Partial<Beginning> & FailureDetail & { readonly path?: string } = {},
  ): ExchangeTap => {
    const path = more.path ?? (inbound.target.startsWith('/') ? inbound.target : '/');
    const tap = tapOf(inbound, api, path, more);
    // Whoever waits for "100 Continue" sends no body now.
    const expects = headerValue(inbound.headers, 'expect') !== undefined;
    const body = expects ? null : inbound.takeBody((bytes) => tap.requestData(bytes));
    answerFailure(tap, reply, failure, body, () => finish(tap, api, 'failed', failure), more);
    return tap;
  };

  const forward = (passage: Passage, injection: Injection | null): ExchangeTap => {
    const { inbound, reply, api, replayOf } = passage;
    const tap = tapOf(inbound, api, passage.path, { credentialInjected: injection !== null, replayOf });
    passage.held.begun(tap.id);
    let { headers, path } = passage;
    for (const [name, value] of Object.entries(api.headers)) headers = replaceHeader(headers, name, value);
    if (injection !== null) ({ headers, path } = inject(headers, path, injection));
    const body = inbound.takeBody((bytes) => tap.requestData(bytes));
    const call = parts.upstreams().call(
      {
        api,
        method: inbound.method,
        path,
        headers: requestHeaders(headers),
        body,
        upgrade: inbound.upgrade,
        // What came in by HTTP/2 goes on by it where it can.
        ...(inbound.httpVersion === '2.0' ? { http2: true } : {}),
        trailers: () => inbound.trailers?.() ?? [],
      },
      passOn({ tap, reply, body, finish: (...end) => finish(tap, api, ...end) }, api),
    );
    reply.onDrain(() => call.resume());
    reply.onGone(() => {
      call.abort();
      finish(tap, api, 'aborted');
    });
    return tap;
  };

  /** Sets aside what a call may cost, or answers it in the upstream's stead where a budget is spent. */
  const withinBudget = (call: Omit<Passage, 'held'>): Passage | ExchangeTap => {
    const { inbound, reply, api, path, replayOf } = call;
    const held = mayCost(inbound) ? parts.budgets.reserve(api.name, inbound.expectation) : unheld;
    if ('begun' in held) return { ...call, held };
    const { failure, members } = budgetRefusal(api.name, held);
    return refuse(inbound, reply, api, failure, { members, headers: finalAnswer, replayOf, path });
  };

  const spend = async (passage: Passage): Promise<ExchangeTap> => {
    try {
      return forward(passage, await parts.credentials.injection(passage.api));
    } catch (error) {
      passage.held.release();
      if (!(error instanceof ChannelError)) throw error;
      const hint = plain(text('Set or renew the credential of "{0}" in the Tollgate view.', passage.api.name));
      const failure: Failure = { code: 'credential_unavailable', message: error.message, hint };
      return refuse(passage.inbound, passage.reply, passage.api, failure, { replayOf: passage.replayOf });
    }
  };

  /** Passes a call on to an API for which the gateway may try again, or elsewhere. */
  const insist = (
    { inbound, reply, api, path, headers, held }: Passage,
    maySpend: boolean,
    plan: SimulationPlan | null,
  ): void => {
    const credentialInjected = maySpend && api.credential !== null;
    const tap = tapOf(inbound, api, path, { credentialInjected, simulated: plan !== null });
    held.begun(tap.id);
    const { apis, stopped } = parts.routes();
    const mayCall = (name: string): boolean =>
      !stopped.has(name) && parts.budgets.exhausted(name) === null && parts.admission.mayCall(inbound.caller, name);
    pursueFromStart({
      ...{ tap, reply, inbound, maySpend, credentials: parts.credentials, board: parts.recourse },
      upstreams: parts.upstreams(),
      rehearsal: plan === null ? null : rehearsedUpstream(plan),
      original: { api, path, headers },
      entries: entriesOf(api, maySpend, apis, mayCall),
      finish: (...end) => finish(tap, api, ...end),
    });
  };

  const call = (inbound: Inbound, reply: Reply, api: ResolvedApi, target: string): void => {
    const { presented: hasKey, headers, path } = parts.access.takeKey(inbound.headers, target);
    const presented = hasKey || inbound.caller?.application != null;
    if (presented && api.undeclared !== undefined) {
      refuse(inbound, reply, api, noCredentialFor(api), { path });
      return;
    }
    const plan = parts.simulator.take(api, inbound.method, path);
    const insists = api.recourse !== undefined && inbound.upgrade === null && (presented || !isForeign(headers));
    if (plan !== null && !insists) {
      const tap = tapOf(inbound, api, path, { simulated: true });
      rehearse({ inbound, reply, api, plan, tap, ended: (state) => finish(tap, api, state) });
      return;
    }
    if (!presented && isForeign(headers)) {
      const message = plain(text('The key that was sent belongs to another Tollgate gateway.'));
      const hint = plain(text('Open a new terminal in this window, or read TOLLGATE_KEY anew.'));
      refuse(inbound, reply, api, { code: 'unauthorized', message, hint });
      return;
    }
    const passage = withinBudget({ inbound, reply, api, path, headers, replayOf: null });
    if (passage instanceof ExchangeTap) return;
    if (insists) insist(passage, presented, plan);
    else if (presented) spend(passage).catch((error: unknown) => broken(inbound, reply, error));
    else forward(passage, null);
  };

  /** What guardrails do to calls comes once it is known whose they are. */
  const guardedBy = (inbound: Inbound, reply: Reply, api: ResolvedApi, ways: GuardWays): void => {
    const guards = parts.guards().of(api.name, inbound.caller?.application?.team ?? null);
    if (guards === null || inbound.upgrade !== null) ways.pass(inbound, reply);
    else guardPassage(guards, inbound, reply, ways);
  };

  const guarded = (inbound: Inbound, reply: Reply, api: ResolvedApi, path: string): void =>
    guardedBy(inbound, reply, api, {
      pass: (changed, back) => call(changed, back, api, path),
      refuse: (refused, back, failure) => void refuse(refused, back, api, failure, { path, headers: finalAnswer }),
    });

  const enter = (inbound: Inbound, reply: Reply, api: ResolvedApi, target: string): void =>
    parts.admission.enter(inbound, api, target, {
      pass: (admitted, path) => guarded(admitted, reply, api, path),
      refuse: (refused, path, { failure, detail, ...more }) =>
        void refuse(refused, reply, api, failure, { ...detail, ...more, path }),
      broken: (error) => broken(inbound, reply, error),
    });

  /** What the API's published description says of a call comes first: a path that is not there is nobody's to call. */
  const admit = (inbound: Inbound, reply: Reply, { api, path, version }: Described): void => {
    const admission = parts.lifecycle.admit({ api: api.name, version, method: inbound.method, path });
    if (admission.kind === 'refused') refuse(inbound, reply, api, admission.failure, { path, ...admission });
    else enter(inbound, admission.headers.length === 0 ? reply : withHeaders(reply, admission.headers), api, path);
  };

  const broken = (inbound: Inbound, reply: Reply, error: unknown): void => {
    const message = plain(text('The gateway failed at this request: {0}', error instanceof Error ? error.message : ''));
    const hint = plain(text('This is a defect of Tollgate; please report it.'));
    refuse(inbound, reply, null, { code: 'internal_error', message, hint });
  };

  const passages: Passages = {
    call: (inbound, reply, api, path) => admit(inbound, reply, { api, path, version: null }),
    refuse,
    routes: () => parts.routes(),
    door: { parts, tapOf, finish },
  };
  return {
    operator: operatorPassages(passages, guarded, parts.admission),
    handle: (inbound, reply) => {
      try {
        const elsewhere = parts.elsewhere(inbound);
        const refused = elsewhere === null ? refusal(inbound.headers, parts.routes().port) : null;
        if (refused !== null) {
          refuse(inbound, reply, null, refused);
          return;
        }
        const found = elsewhere ?? route(inbound.target, parts.routes());
        if (found.kind === 'api') admit(inbound, reply, found);
        else if (found.kind === 'control') parts.control(found.method, inbound, reply);
        else if (found.kind === 'health') parts.health(reply);
        else if (found.kind === 'ai' || found.kind === 'prompts')
          parts[found.kind].handle(inbound, reply, found.rest, passages);
        else refuse(inbound, reply, found.api, found.failure, { members: { apis: found.declared } });
      } catch (error) {
        broken(inbound, reply, error);
      }
    },
    send: async (asked, reply, api, path, { replayOf, spends }) => {
      const looked = await parts.admission.look(asked, api, path);
      const inbound = parts.admission.operator(looked, api.name);
      if (isRefusal(inbound))
        return refuse(looked.inbound, reply, api, inbound.failure, { ...inbound.detail, path, replayOf }).id;
      const sent = async (changed: Inbound, back: Reply): Promise<ExchangeTap> => {
        const { headers } = changed;
        const passage = withinBudget({ inbound: changed, reply: back, api, path, headers, replayOf });
        if (passage instanceof ExchangeTap) return passage;
        return spends ? spend(passage) : forward(passage, null);
      };
      const tap = await new Promise<ExchangeTap>((resolve, reject) =>
        guardedBy(inbound, reply, api, {
          pass: (changed, back) => void sent(changed, back).then(resolve, reject),
          refuse: (refused, back, failure) =>
            resolve(refuse(refused, back, api, failure, { path, replayOf, headers: finalAnswer })),
        }),
      );
      return tap.id;
    },
  };
}

import { ChannelError } from '../../shared/channel.ts';
import { headerValue, type Failure } from '../../shared/exchange.ts';
import { plain, text, type Text } from '../../shared/text.ts';
import { isForeign } from '../access.ts';
import { answerFailure, type FailureDetail } from '../answerFailure.ts';
import { jsonIn } from '../access/peekRequest.ts';
import { expectationOf } from '../budget/expectation.ts';
import { unheld, type Held } from '../budget/inFlight.ts';
import { budgetRefusal } from '../budget/refusal.ts';
import type { Inbound, Reply, UpstreamCall, UpstreamListener } from '../engine.ts';
import type { ExchangeTap } from '../exchangeTap.ts';
import { replaceHeader, requestHeaders } from '../headers.ts';
import { inject } from '../inject.ts';
import type { Injection, RawAttempt, ResolvedApi } from '../parts.ts';
import { mayCost } from '../mayCost.ts';
import { passOn } from '../passOn.ts';
import { diagnoseAnswer, type Diagnosed } from '../recourse/diagnoseAnswer.ts';
import type { HeldAnswer } from '../recourse/holdBack.ts';
import { rehearsedUpstream } from '../recourse/rehearsedUpstream.ts';
import { sendOnce } from '../recourse/sendOnce.ts';
import { upstreamFailure } from '../upstreamFailure.ts';
import type { ClientStage } from '../clientStage.ts';
import { guardCall } from '../guardrails/guardCall.ts';
import { withBody } from '../guardrails/guardPassage.ts';
import { guardReply } from '../guardrails/guardReply.ts';
import type { Door } from './door.ts';
import type { Refused, Sending, TryEnd } from './tries.ts';

const personal = /^(?:cookie|openai-(?:organization|project)|x-tollgate-attempts)$/i;

/** One call of a client, and one exchange in the log, whatever is tried for it. */
export class RouteSession {
  readonly #door: Door;
  readonly #original: Inbound;
  readonly #stage: ClientStage;
  readonly #apis: readonly string[];
  #inbound: Inbound;
  #tap: ExchangeTap | null = null;
  #api: ResolvedApi | null = null;
  #maySpend = false;
  #current: UpstreamCall | null = null;
  /** Counts tries, so that one that is given up does not end what comes after. */
  #turn = 0;
  isGone = false;
  /** Whether guardrails look at it. */
  guarded = false;
  timedOut = false;

  /** `apis` are those that may be tried. */
  constructor(door: Door, inbound: Inbound, stage: ClientStage, apis: readonly string[]) {
    this.#door = door;
    this.#original = inbound;
    this.#inbound = inbound;
    this.#stage = stage;
    this.#apis = apis;
    stage.reply.onGone(() => {
      this.isGone = true;
      this.#current?.abort();
      this.finish('aborted');
    });
  }

  get tap(): ExchangeTap | null {
    return this.#tap;
  }

  /** The client's request as it may go on: without what was shown at the door. */
  get inbound(): Inbound {
    return this.#inbound;
  }

  /** Whether stored credentials may be put in, once admitted. */
  get maySpend(): boolean {
    return this.#maySpend;
  }

  /** Asks at the door for one API; null where the call may go there. What was set aside for another is free again. */
  admit(api: ResolvedApi, model: string, path: string, body: Buffer): Promise<Refused | null> {
    const { budgets, admission } = this.#door.parts;
    const expectation = budgets.costMatters(api.name) ? expectationOf(jsonIn(body), model, api) : null;
    const held = mayCost(this.#original) ? budgets.reserve(api.name, expectation) : unheld;
    if (!('begun' in held)) {
      const { failure, members } = budgetRefusal(api.name, held);
      return Promise.resolve({ failure, members, headers: ['x-should-retry', 'false'] });
    }
    const asking: Inbound = {
      ...this.#original,
      ...(expectation === null ? {} : { expectation }),
      model,
      takeBody: (tap) => {
        tap(body);
        return body;
      },
    };
    return new Promise((resolve, reject) => {
      admission.enter(asking, api, path, {
        pass: (admitted) => resolve(this.#begin(admitted, held, api, path)),
        refuse: (_inbound, _path, { failure, detail }) => {
          held.release();
          resolve({ failure, ...detail });
        },
        broken: (error) => {
          held.release();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      });
    });
  }

  #begin(admitted: Inbound, held: Held, api: ResolvedApi, path: string): Refused | null {
    const { access } = this.#door.parts;
    const { presented, headers } = access.takeKey(admitted.headers, path);
    this.#inbound = { ...admitted, headers: headers.filter(([name]) => !personal.test(name)) };
    this.#maySpend = presented || admitted.caller?.application != null;
    this.#api = api;
    if (this.#tap === null) {
      // Whatever one of the targets must not see, the log must not have.
      const team = admitted.caller?.application?.team ?? null;
      const guards = new Set(this.#apis.flatMap((name) => this.#door.parts.guards().of(name, team) ?? []));
      this.guarded = guards.size > 0;
      if (this.guarded) this.#stage.guard(guardCall([...guards]));
      this.#tap = this.#door.tapOf({ ...admitted, headers, stage: this.#stage }, api, path);
      // Who left while the door looked is heard no more.
      if (this.isGone) this.finish('aborted');
    } else admitted.caller?.begun(this.#tap.id);
    held.begun(this.#tap.id);
    if (this.#maySpend || !isForeign(headers)) return null;
    return {
      failure: {
        code: 'unauthorized',
        message: plain(text('The key that was sent belongs to another Tollgate gateway.')),
        hint: plain(text('Open a new terminal in this window, or read TOLLGATE_KEY anew.')),
      },
    };
  }

  /** Sends one try. `reply` hears the answer, if it is passed on. */
  async send(inbound: Inbound, reply: Reply, { api, path, judge, answered }: Sending): Promise<TryEnd> {
    const tap = this.#tap;
    if (tap === null) throw new Error('Nothing was admitted.');
    const { credentials, lifecycle, simulator, upstreams } = this.#door.parts;
    this.#api = api;
    const described = lifecycle.admit({ api: api.name, version: null, method: inbound.method, path });
    if (described.kind === 'refused') {
      const { failure, ...detail } = described;
      return { kind: 'failed', note: text('{0}', failure.message), tell: () => this.#fail(reply, failure, detail) };
    }
    const guards = this.#door.parts.guards().of(api.name, this.#inbound.caller?.application?.team ?? null);
    if (guards !== null) {
      const guard = guardCall(guards);
      this.#stage.guard(guard);
      const whole = inbound.takeBody(() => undefined);
      const type = headerValue(inbound.headers, 'content-type') ?? '';
      const guarded = guard.request(Buffer.isBuffer(whole) ? whole : Buffer.alloc(0), type);
      if (guarded.kind === 'blocked') {
        const { failure } = guarded;
        return { kind: 'keyless', note: text('{0}', failure.message), tell: () => this.#fail(reply, failure, lasting) };
      }
      inbound = { ...inbound, ...withBody(inbound.headers, guarded.body) };
      reply = guardReply(guard, reply);
    }
    let injection: Injection | null;
    try {
      injection = this.#maySpend ? await credentials.injection(api) : null;
    } catch (error) {
      if (!(error instanceof ChannelError)) throw error;
      return this.#keyless(reply, api, text('{0}', error.message));
    }
    if (this.#maySpend && injection === null && api.credential !== null)
      return this.#keyless(reply, api, text('No credential "{0}" is set.', api.credential.name));
    const plan = simulator.take(api, inbound.method, path);
    let headers = inbound.headers;
    for (const [name, value] of Object.entries(api.headers)) headers = replaceHeader(headers, name, value);
    tap.target({
      ...{ api: api.name, provider: api.provider?.id ?? null, url: api.upstream.origin + path, path, headers },
      ...{ credentialInjected: injection !== null, simulated: plan !== null },
    });
    const sent = injection === null ? { headers, path } : inject(headers, path, injection);
    const body = inbound.takeBody((bytes) => tap.requestData(bytes));
    const whole = Buffer.isBuffer(body) ? body : null;
    const inner = passOn({ tap, reply, body, finish: (...end) => this.finish(...end) }, api);
    let refused: { readonly answer: HeldAnswer; readonly found: Diagnosed } | null = null;
    const turn = ++this.#turn;
    reply.onDrain(() => this.#current?.resume());
    reply.onGone(() => {
      if (turn !== this.#turn) return;
      this.#current?.abort();
      this.finish('aborted');
    });
    const ended = await sendOnce({
      request: {
        api,
        method: inbound.method,
        path: sent.path,
        headers: requestHeaders(sent.headers),
        body,
        upgrade: null,
      },
      upstreams: plan === null ? upstreams() : rehearsedUpstream(plan),
      inner: {
        ...inner,
        answered: (...head) => {
          answered(head[0]);
          inner.answered(...head);
        },
      },
      judge: async (answer) => {
        const found = await diagnoseAnswer({ api, method: inbound.method, path, headers, body: whole }, answer);
        if (this.isGone || !judge(answer, found)) return false;
        refused = { answer, found };
        return true;
      },
      keepsFailure: true,
      started: (call) => {
        this.#current = call;
        if (this.isGone) call.abort();
      },
    });
    if (ended.kind === 'passed') return { kind: 'passed' };
    // It may be given up now without the call being given up.
    this.#turn++;
    if (ended.kind === 'failed') {
      const failure = upstreamFailure(ended.error, api, false);
      return { kind: 'failed', note: text('{0}', failure.message), tell: () => this.#fail(reply, failure) };
    }
    const { answer } = ended;
    const found = (refused as { readonly found: Diagnosed } | null)?.found ?? nothingFound;
    return { kind: 'refused', answer, found, rehearsed: plan !== null, tell: () => passHeld(inner, answer) };
  }

  #keyless(reply: Reply, api: ResolvedApi, note: Text): TryEnd {
    const hint = plain(text('Set or renew the credential of "{0}" in the Tollgate view.', api.name));
    const failure: Failure = { code: 'credential_unavailable', message: plain(note), hint };
    return { kind: 'keyless', note, tell: () => this.#fail(reply, failure) };
  }

  attempt(attempt: RawAttempt): void {
    this.#tap?.attempt(attempt);
  }

  /** A try came to nothing: how the API of it fares. */
  missed(api: ResolvedApi, status: number | null): void {
    this.#door.parts.finished(api.name, status, status === null);
  }

  /** Answers in the upstreams' stead, where an exchange has begun. */
  #fail(reply: Reply, failure: Failure, detail: FailureDetail = {}): void {
    const tap = this.#tap;
    if (tap !== null) answerFailure(tap, reply, failure, null, () => this.finish('failed', failure), detail);
  }

  refuse(reply: Reply, { failure, ...detail }: Refused): void {
    this.#fail(reply, failure, detail);
  }

  /** Cuts off what is under way. */
  abort(): void {
    this.#turn++;
    this.#current?.abort();
  }

  finish(...end: Parameters<UpstreamEnd>): void {
    if (this.#tap !== null && this.#api !== null) this.#door.finish(this.#tap, this.#api, ...end);
  }
}

const lasting: FailureDetail = { headers: ['x-should-retry', 'false'] };

type UpstreamEnd = Parameters<typeof passOn>[0]['finish'];

const nothingFound: Diagnosed = { diagnosis: null, headers: [], body: null };

function passHeld(inner: UpstreamListener, { status, reason, headers, body }: HeldAnswer): void {
  inner.answered(status, reason, headers);
  inner.received(body);
  inner.ended([]);
}

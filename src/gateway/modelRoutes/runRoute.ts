import { headerValue } from '../../shared/exchange.ts';
import { text } from '../../shared/text.ts';
import { aiReply } from '../ai/aiReply.ts';
import { isNative, notOffered, passThrough, type AiParts, type Passages } from '../ai/aiDesk.ts';
import { targetAt, type Target } from '../ai/findTarget.ts';
import { sayFailure } from '../ai/gatewayError.ts';
import { isChatFormat, type Operation } from '../ai/operations.ts';
import { modelInForm, modelInJson, withModel, type RequestModel } from '../ai/requestModel.ts';
import { translateCall } from '../ai/translateCall.ts';
import { clientStage, type ClientStage } from '../clientStage.ts';
import type { Inbound, Reply } from '../engine.ts';
import type { RawAttempt } from '../parts.ts';
import { attemptsHeader, attemptsValue } from '../recourse/attemptsHeader.ts';
import { attemptReply, type AttemptReply } from './attemptReply.ts';
import type { ModelRoute } from './modelRoute.ts';
import { throughCache } from './routeCache.ts';
import { createPlan, type Plan, type Skipped } from './plan.ts';
import { notSent, nothingLeft, tooSlow } from './routeFailures.ts';
import type { RouteDesk } from './routeDesk.ts';
import { entriesOf, type RouteEntry } from './routeEntries.ts';
import { RouteSession } from './session.ts';
import type { Judge, Refused, TryEnd } from './tries.ts';
import { verdictOn } from './verdict.ts';

/** A request that asks for an alias. */
export interface RouteCall {
  readonly inbound: Inbound;
  readonly reply: Reply;
  readonly operation: Operation;
  /** Behind the base URL. */
  readonly path: string;
  readonly body: Buffer;
  readonly model: RequestModel;
  readonly isForm: boolean;
  readonly route: ModelRoute;
}

/** Which model answered, as `api/model`. */
export const modelHeader = 'x-tollgate-model';

/**
 * Asks the targets of an alias, one after the other, until one answers; the client hears that answer, or what the last
 * one said. From the first byte that the client gets, it is that one.
 */
export async function runRoute(call: RouteCall, parts: AiParts, passages: Passages, desk: RouteDesk): Promise<void> {
  await new RouteRun(call, parts, passages, desk).run();
}

class RouteRun {
  readonly #call: RouteCall;
  readonly #parts: AiParts;
  readonly #passages: Passages;
  readonly #desk: RouteDesk;
  readonly #stage: ClientStage;
  readonly #session: RouteSession;
  readonly #attempts: RawAttempt[] = [];
  /** Brings the client what the last try said; null before there is one. */
  #tell: (() => void) | null = null;
  #reply: AttemptReply | null = null;
  /** The way to the client, by the cache; null before it was asked. */
  #way: Reply | null = null;
  /** Whether the client hears an answer. */
  #begun = false;

  constructor(call: RouteCall, parts: AiParts, passages: Passages, desk: RouteDesk) {
    this.#call = call;
    this.#parts = parts;
    this.#passages = passages;
    this.#desk = desk;
    this.#stage = clientStage(call.inbound, call.body, call.reply);
    const apis = call.route.steps.flat().map(({ apis: [api] }) => api.name);
    this.#session = new RouteSession(passages.door, call.inbound, this.#stage, apis);
  }

  async run(): Promise<void> {
    const { route } = this.#call;
    const plan = createPlan(route, entriesOf(route, this.#desk.balance), this.#desk, {
      mayAsk: ({ api }) => !this.#passages.routes().stopped.has(api.name),
      isRehearsed: ({ api }) => this.#passages.door.parts.simulator.running(api.name) !== null,
    });
    const timer = route.total === null ? null : setTimeout(() => this.#timeOut(), route.total);
    this.#stage.onOver(() => clearTimeout(timer ?? undefined));
    let refused: Refused | null = null;
    const unsaid: Skipped[] = [];
    for (let next = plan.next(); next !== null; next = plan.next()) {
      unsaid.push(...next.skipped);
      if (next.wait > 0) await this.#sleep(next.wait);
      if (this.#isOver()) return;
      const target = targetAt(next.entry.api, next.entry.model, this.#call.operation, this.#parts.book());
      const body = this.#bodyFor(next.entry);
      const door = await this.#session.admit(next.entry.api, target.model, target.prefix + this.#call.path, body);
      if (this.#isOver()) return;
      for (const { entry, attempt } of this.#session.tap === null ? [] : unsaid.splice(0))
        this.#note(entry, { ...attempt, ms: 0, injected: true }, 0);
      if (door !== null) {
        refused ??= door;
        this.#note(next.entry, { ...untried, note: text('{0}', door.failure.message) }, next.wait);
        plan.refusedAtDoor();
        continue;
      }
      if (!this.#session.maySpend && plan.onlyFirst()) continue;
      this.#way ??= throughCache(this.#call, this.#session, this.#stage, this.#desk);
      if (this.#way === null) return;
      const since = performance.now();
      const end = await this.#try(next.entry, target, body);
      if (end.kind === 'passed') {
        this.#desk.breakers.answered(next.entry.key);
        return;
      }
      this.#tell = end.tell;
      this.#judge(plan, next.entry, end, { ms: performance.now() - since, waited: next.wait });
    }
    if (this.#tell !== null) this.#tell();
    else this.#refuse(refused ?? { failure: nothingLeft(route.name) });
  }

  /** Whether nobody waits for an answer any more. */
  #isOver(): boolean {
    return this.#session.isGone || this.#session.timedOut;
  }

  /** Sends one try in the dialect of its target. */
  #try(entry: RouteEntry, target: Target, body: Buffer): Promise<TryEnd> {
    const { operation, path, isForm, inbound } = this.#call;
    this.#reply?.abandon();
    const since = performance.now();
    return new Promise((resolve, reject) => {
      let sent = false;
      const reply = attemptReply(
        this.#way ?? this.#stage.reply,
        () => this.#headers(entry),
        () => {
          this.#begun = true;
          // The request was refused before anything went out: the translation found it wrong.
          if (!sent) {
            this.#session.finish('failed', notSent);
            resolve({ kind: 'passed' });
          }
        },
      );
      this.#reply = reply;
      this.#stage.changed({ kind: 'alias', alias: this.#call.route.name, model: `${entry.api.name}/${entry.model}` });
      const model = isForm ? modelInForm(body, headerValue(inbound.headers, 'content-type') ?? '') : modelInJson(body);
      if (model === null) throw new SyntaxError('The request names no "model".');
      const request = {
        ...{ inbound: { ...this.#session.inbound, stage: this.#stage }, reply, operation, path, body, target },
        model: { ...model, name: this.#call.model.name },
      };
      const call: Passages['call'] = (outbound, back, api, upstreamPath) => {
        sent = true;
        const judge: Judge = (answer, { diagnosis }) => verdictOn(answer.status, diagnosis) !== 'pass';
        const answered = (status: number): void => this.#answered(entry, status, performance.now() - since);
        this.#session.send(outbound, back, { api, path: upstreamPath, judge, answered }).then(resolve, reject);
      };
      if (isNative(target, operation)) passThrough(request, isForm, { call });
      else if (isChatFormat(operation) || operation === 'embeddings') translateCall(request, this.#parts, { call });
      else {
        const failure = notOffered(target, path);
        resolve({ kind: 'failed', note: text('{0}', failure.message), tell: () => this.#refuse({ failure }) });
      }
    });
  }

  /** What an answer that was not passed on means for its target, and for what comes next. */
  #judge(plan: Plan, entry: RouteEntry, end: Exclude<TryEnd, { kind: 'passed' }>, { ms, waited }: Spent): void {
    const { breakers, coolDowns } = this.#desk;
    if (end.kind === 'keyless') {
      this.#note(entry, { ...untried, note: end.note }, waited);
      plan.lasting();
      return;
    }
    if (end.kind === 'failed') {
      this.#note(entry, { ...untried, ms, note: end.note }, waited);
      this.#session.missed(entry.api, null);
      breakers.failed(entry.key, this.#call.route.breaker);
      plan.down();
      return;
    }
    const { answer, found, rehearsed } = end;
    const { diagnosis, headers, body } = found;
    const refusal = { headers, body };
    const spends = this.#session.maySpend;
    this.#note(entry, { status: answer.status, outcome: 'refused', ms, note: null, refusal, injected: spends }, waited);
    this.#session.missed(entry.api, answer.status);
    const verdict = verdictOn(answer.status, diagnosis);
    if (verdict === 'down') {
      if (!rehearsed) breakers.failed(entry.key, this.#call.route.breaker);
      plan.down(diagnosis?.retry.afterSeconds ?? null);
      return;
    }
    breakers.answered(entry.key);
    if (diagnosis !== null && !rehearsed && spends)
      coolDowns.begin(entry.key, diagnosis, { status: answer.status, refusal });
    if (verdict === 'lasting') plan.lasting();
    else plan.slow(diagnosis?.retry.afterSeconds ?? null);
  }

  /** One try that is answered at once is nothing to tell of. */
  #answered(entry: RouteEntry, status: number, ms: number): void {
    if (this.#attempts.length > 0)
      this.#note(
        entry,
        { status, outcome: 'answered', ms, note: null, refusal: null, injected: this.#session.maySpend },
        0,
      );
  }

  #note({ api, model, key }: RouteEntry, { injected, ms, ...seen }: Seen, waited: number): void {
    const attempt: RawAttempt = {
      ...{ api: api.name, provider: api.provider?.id ?? null, host: api.upstream.host, model, ...seen },
      ...{ credential: injected ? key.credential : null, ms: Math.round(ms * 10) / 10, waited: Math.round(waited) },
    };
    this.#attempts.push(attempt);
    this.#session.attempt(attempt);
  }

  #headers({ api, model }: RouteEntry): readonly string[] {
    const asked = headerValue(this.#call.inbound.headers, attemptsHeader) !== undefined;
    const told = asked || this.#attempts.length > 1 ? [attemptsHeader, attemptsValue(this.#attempts)] : [];
    return [modelHeader, `${api.name}/${model}`.replace(/[^\x20-\x7e]/g, '?'), ...told];
  }

  /** The request for one target: with its model, and the parameters that the client left open. */
  #bodyFor({ model, parameters }: RouteEntry): Buffer {
    const { body, isForm, model: found } = this.#call;
    const named = withModel(body, found, model, !isForm);
    if (isForm || Object.keys(parameters).length === 0) return named;
    const json = JSON.parse(named.toString('utf8')) as object;
    return Buffer.from(JSON.stringify({ ...parameters, ...json }));
  }

  /** In the caller's dialect; in an exchange of its own where none has begun. */
  #refuse(refused: Refused): void {
    const { operation, inbound, body } = this.#call;
    const say = { cost: null, hidesUsage: false, headers: [], failure: sayFailure(operation) };
    const reply = aiReply(this.#stage.reply, say);
    if (this.#session.tap !== null) this.#session.refuse(reply, refused);
    else {
      const { failure, ...more } = refused;
      this.#passages.refuse({ ...inbound, takeBody: taken(body) }, reply, null, failure, more);
    }
  }

  /** What is under way is given up; what the client hears already ends broken. */
  #timeOut(): void {
    if (this.#session.isGone) return;
    this.#session.timedOut = true;
    this.#session.abort();
    this.#wake?.();
    const failure = tooSlow(this.#call.route);
    if (this.#begun) {
      this.#session.finish('failed', failure);
      this.#stage.reply.destroy();
      return;
    }
    this.#reply?.abandon();
    this.#refuse({ failure });
  }

  #wake: (() => void) | null = null;

  #sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#stage.reply.onGone(() => this.#wake?.());
    });
  }
}

type Seen = Pick<RawAttempt, 'status' | 'outcome' | 'ms' | 'note' | 'refusal'> & { readonly injected: boolean };
interface Spent {
  readonly ms: number;
  readonly waited: number;
}

const untried = { status: null, outcome: 'failed', ms: 0, refusal: null, injected: false } as const;

function taken(body: Buffer): Inbound['takeBody'] {
  return (tap) => {
    tap(body);
    return body;
  };
}

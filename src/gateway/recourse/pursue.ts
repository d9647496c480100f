import { headerValue, type Failure } from '../../shared/exchange.ts';
import type { Cause } from '../../shared/finding.ts';
import { plain, text, type Text } from '../../shared/text.ts';
import { answerFailure } from '../answerFailure.ts';
import type { RawHeaders, UpstreamCall, UpstreamListener, Upstreams } from '../engine.ts';
import type { Credentials, RawAttempt, ResolvedApi } from '../parts.ts';
import { passOn, type Passing } from '../passOn.ts';
import { upstreamFailure } from '../upstreamFailure.ts';
import { attemptsHeader, attemptsValue } from './attemptsHeader.ts';
import type { RecourseBoard } from './board.ts';
import { diagnoseAnswer, type Diagnosed } from './diagnoseAnswer.ts';
import type { Entry } from './entries.ts';
import type { HeldBody } from './heldBody.ts';
import type { HeldAnswer } from './holdBack.ts';
import { makeOutgoing, type Made } from './makeOutgoing.ts';
import { sendOnce } from './sendOnce.ts';
import { throttled } from './throttled.ts';
import type { Original } from './tryRequest.ts';

/** A call to an API with recourse, its body held where it can be. */
export interface Pursuit extends Omit<Passing, 'body'> {
  readonly method: string;
  readonly original: Original;
  readonly entries: readonly [Entry, ...Entry[]];
  /** Whether stored credentials may be put in. */
  readonly maySpend: boolean;
  readonly body: Exclude<HeldBody, { readonly kind: 'broken' }>;
  /** The order in which calls came in. */
  readonly ordinal: number;
  readonly board: RecourseBoard;
  readonly credentials: Pick<Credentials, 'injection'>;
  readonly upstreams: Upstreams;
  /** Refuses the first try in the vendor's stead, for a rehearsal; null where that goes upstream. */
  readonly rehearsal: Upstreams | null;
  /** Whether the client left. */
  readonly isGone: () => boolean;
  readonly onGone: (listener: () => void) => void;
  /** The request that is under way now. */
  readonly started: (call: UpstreamCall) => void;
}

/** Where to go on: at an entry, with its request made already where that had to be tried out; or with the first refusal. */
type Step =
  | { readonly kind: 'try'; readonly index: number; readonly made: Made | null }
  | { readonly kind: 'first'; readonly entry: Entry; readonly answer: HeldAnswer };

type Seen = Pick<RawAttempt, 'status' | 'outcome' | 'ms' | 'note' | 'refusal'> & { readonly injected: boolean };

/** Whatever such a failure says, a credential that cannot be had is as good as one that has ended. */
const noCredential: Cause = 'token_expired_or_invalid';

/**
 * Tries a call, again and elsewhere as its API's recourse says. Either one of its fallbacks answers well, or the client
 * hears what it would have heard without any.
 */
export async function pursue(call: Pursuit): Promise<void> {
  const chase = new Chase(call);
  let step: Step | null = await chase.begin();
  while (step !== null && !call.isGone()) step = await chase.take(step);
}

class Chase {
  readonly #call: Pursuit;
  readonly #attempts: RawAttempt[] = [];
  /** Why the first entry is, or was, refused; null until it is. */
  #cause: Cause | null = null;
  #first: (Step & { readonly kind: 'first' }) | null = null;
  #exhausted = false;
  #rehearsal: Upstreams | null;
  /** Milliseconds that this call has waited in all, and before the present try. */
  #waitedInAll = 0;
  #waited = 0;

  constructor(call: Pursuit) {
    this.#call = call;
    this.#rehearsal = call.rehearsal;
  }

  /** What was refused shortly before for a cause that lasts is not tried, as long as there is something else. */
  async begin(): Promise<Step> {
    const { entries, board } = this.#call;
    // What is to be rehearsed is not skipped.
    const cooling = this.#rehearsal === null ? board.coolDowns.of(entries[0].target) : null;
    const next = cooling === null ? null : await this.#next(0, [cooling.cause]);
    if (cooling === null || next === null) return { kind: 'try', index: 0, made: null };
    this.#cause = cooling.cause;
    const { status, refusal } = cooling;
    const note = text('Not tried: it was refused shortly before.');
    this.#note(entries[0], { status, outcome: 'skipped', ms: 0, note, refusal, injected: true });
    return next;
  }

  /** One step; null once the client has its answer. */
  async take(step: Step): Promise<Step | null> {
    if (step.kind === 'first') {
      const { status, reason, headers, body } = step.answer;
      const inner = this.#towardsClient(step.entry.api);
      inner.answered(status, reason, headers);
      inner.received(body);
      inner.ended([]);
      return null;
    }
    const entry: Entry | undefined = this.#call.entries[step.index];
    if (entry === undefined || !(await this.#pass(entry))) return null;
    const made = step.made ?? (await this.#make(entry, step.index));
    if (this.#call.isGone()) return null;
    return made.kind === 'made' ? this.#send(entry, step.index, made) : this.#withoutCredential(entry, made.note);
  }

  /** Waits where the target has asked for it. False where the call got no further than that. */
  async #pass({ api, target }: Entry): Promise<boolean> {
    const queue = this.#queueOf(api);
    const gate = this.#call.board.gate(target);
    if (queue === null || gate.isOpen) return true;
    const { ordinal, onGone } = this.#call;
    const since = performance.now();
    const deadline = Date.now() + Math.max(0, queue.maxWait * 1000 - this.#waitedInAll);
    const admission = await gate.enter({ ordinal, deadline, onGone }, queue.maxQueued);
    const waited = performance.now() - since;
    this.#waited += waited;
    this.#waitedInAll += waited;
    if (admission === 'through') return true;
    if (admission !== 'gone') this.#fail(throttled(admission, api, gate.shutUntil));
    return false;
  }

  async #send(entry: Entry, index: number, made: Made & { readonly kind: 'made' }): Promise<Step | null> {
    const call = this.#call;
    const body = call.body.kind === 'held' ? made.body : call.body.body;
    const since = performance.now();
    const seen = (): Pick<Seen, 'ms' | 'injected'> => ({ ms: performance.now() - since, injected: made.injected });
    const onward: { step: Step | null; refused: boolean } = { step: null, refused: false };
    const rehearsal = this.#rehearsal;
    this.#rehearsal = null;
    const sent = await sendOnce({
      request: { api: entry.api, method: call.method, path: made.path, headers: made.headers, body, upgrade: null },
      upstreams: rehearsal ?? call.upstreams,
      inner: this.#towardsClient(entry.api, body, (status) => {
        if (onward.refused) return;
        call.board.gate(entry.target).answered();
        if (this.#attempts.length > 0 || this.#waited > 0)
          this.#note(entry, { ...seen(), status, outcome: 'answered', note: null, refusal: null });
      }),
      judge: async (answer) => {
        const asked = { api: entry.api, method: call.method, path: made.path, headers: call.original.headers };
        const found = await diagnoseAnswer({ ...asked, body: made.body }, answer);
        // An error of a fallback is no answer, whatever it says.
        if (call.isGone() || (found.diagnosis === null && (index === 0 || answer.status < 400))) return false;
        onward.refused = true;
        const refusal = { headers: found.headers, body: found.body };
        const note = this.#whyNoFurther(found);
        this.#note(entry, { ...seen(), status: answer.status, outcome: 'refused', note, refusal });
        onward.step = await this.#recourse(entry, index, found, answer, rehearsal !== null);
        return onward.step !== null;
      },
      keepsFailure: index > 0,
      started: (upstreamCall) => call.started(upstreamCall),
    });
    if (sent.kind === 'passed') return null;
    if (sent.kind === 'kept') return onward.step;
    const { message } = upstreamFailure(sent.error, entry.api, false);
    this.#note(entry, { ...seen(), status: null, outcome: 'failed', note: text('{0}', message), refusal: null });
    return this.#back(index);
  }

  /** What to do about a refusal; null passes it on. Something else comes before waiting: it is tried at what is listed. */
  async #recourse(
    entry: Entry,
    index: number,
    found: Diagnosed,
    answer: HeldAnswer,
    isRehearsed: boolean,
  ): Promise<Step | null> {
    const { board } = this.#call;
    const { diagnosis, headers, body } = found;
    if (index === 0) {
      this.#first = { kind: 'first', entry, answer };
      this.#cause = diagnosis?.cause ?? null;
    }
    const next = await this.#next(index, diagnosis === null ? [] : [diagnosis.cause]);
    if (next !== null && diagnosis !== null && !isRehearsed)
      board.coolDowns.begin(entry.target, diagnosis, { status: answer.status, refusal: { headers, body } });
    return next ?? this.#wait(entry, index, found) ?? (index === 0 ? null : this.#back(index));
  }

  /** The same again, at the time that the refusal names. Those that come after wait too, even where this one may not. */
  #wait({ api, target }: Entry, index: number, { diagnosis, headers }: Diagnosed): Step | null {
    const queue = this.#queueOf(api);
    const seconds = diagnosis?.retry.helps === true ? diagnosis.retry.afterSeconds : null;
    if (queue === null || seconds === null || headerValue(headers, 'x-should-retry') === 'false') return null;
    if (seconds > queue.maxWait) return null;
    this.#call.board.gate(target).shut(Date.now() + seconds * 1000);
    const isHeld = this.#call.body.kind === 'held';
    return isHeld && this.#waitedInAll / 1000 + seconds <= queue.maxWait ? { kind: 'try', index, made: null } : null;
  }

  /** The next entry for the first refusal's cause, or for one of these, whose request can be made. */
  async #next(index: number, causes: readonly Cause[]): Promise<Step | null> {
    const { entries, body } = this.#call;
    if (body.kind !== 'held' || this.#exhausted) return null;
    const wanted = [...(this.#cause === null ? [] : [this.#cause]), ...causes];
    for (let at = index + 1; at < entries.length; at++) {
      const entry: Entry | undefined = entries[at];
      if (entry === undefined || !wanted.some((cause) => entry.on.includes(cause))) continue;
      const made = await this.#make(entry, at);
      if (made.kind === 'made') return { kind: 'try', index: at, made };
      this.#note(entry, { status: null, outcome: 'failed', ms: 0, note: made.note, refusal: null, injected: false });
    }
    return null;
  }

  /** Where no fallback helped: another one, else what the first said; where that was spared, it is asked after all. */
  async #back(index: number): Promise<Step> {
    const next = await this.#next(index, []);
    if (next !== null) return next;
    this.#exhausted = true;
    return this.#first ?? { kind: 'try', index: 0, made: null };
  }

  async #withoutCredential(entry: Entry, note: Text): Promise<Step | null> {
    this.#note(entry, { status: null, outcome: 'failed', ms: 0, note, refusal: null, injected: false });
    const next = await this.#next(0, [noCredential]);
    if (next !== null) return next;
    const hint = plain(text('Set or renew the credential of "{0}" in the Tollgate view.', entry.api.name));
    this.#fail({ failure: { code: 'credential_unavailable', message: plain(note), hint } });
    return null;
  }

  #make(entry: Entry, index: number): Promise<Made> {
    const { original, maySpend, credentials, body } = this.#call;
    return makeOutgoing(entry, original, body.kind === 'held' ? body.bytes : null, {
      maySpend,
      isFallback: index > 0,
      credentials,
    });
  }

  /** A credential of the same API waits as that does. */
  #queueOf(api: ResolvedApi): NonNullable<ResolvedApi['recourse']>['queue'] {
    const { original } = this.#call;
    return (api.name === original.api.name ? original.api : api).recourse?.queue ?? null;
  }

  #whyNoFurther({ diagnosis }: Diagnosed): Text | null {
    const { original, maySpend, body } = this.#call;
    if (diagnosis === null) return null;
    const wanted = original.api.recourse?.fallback.some(({ on }) => on.includes(diagnosis.cause)) === true;
    if (wanted && !maySpend) return text('No fallback: the call carries its own key, not Tollgate’s.');
    if (body.kind !== 'held') return text('Sent once only: the request is longer than the 4 MB that are held.');
    return null;
  }

  #fail({ failure, headers = [] }: { readonly failure: Failure; readonly headers?: RawHeaders }): void {
    const { tap, reply, body, finish } = this.#call;
    const upload = body.kind === 'held' ? null : body.body;
    answerFailure(tap, reply, failure, upload, () => finish('failed', failure), { headers });
  }

  #towardsClient(
    api: ResolvedApi,
    body: Passing['body'] = null,
    onAnswered?: (status: number) => void,
  ): UpstreamListener {
    const inner = passOn({ ...this.#call, body }, api);
    const asked = headerValue(this.#call.original.headers, attemptsHeader) !== undefined;
    return {
      ...inner,
      answered: (status, reason, raw) => {
        onAnswered?.(status);
        inner.answered(status, reason, asked ? [...raw, attemptsHeader, attemptsValue(this.#attempts)] : raw);
      },
    };
  }

  #note({ api, model, target }: Entry, { injected, ms, ...seen }: Seen): void {
    const attempt: RawAttempt = {
      ...{ api: api.name, provider: api.provider?.id ?? null, host: api.upstream.host, model, ...seen },
      ...{ credential: injected ? target.credential : null, ms: Math.round(ms * 10) / 10 },
      waited: Math.round(this.#waited),
    };
    this.#waited = 0;
    this.#attempts.push(attempt);
    this.#call.tap.attempt(attempt);
  }
}

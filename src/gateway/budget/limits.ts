import type { LimitState } from '../../shared/access.ts';
import { holdsFor, type Charge, type LimitRule, type Spender } from './limit.ts';
import type { Expectation } from './expectation.ts';
import { createLimitWindow, type LimitWindow } from './limitWindow.ts';

/** What is set aside for one call. */
export interface Reservation {
  readonly spender: Spender;
  /** Charges what it used, or nothing where it was not sent; once. */
  settle(charge: Charge | null): void;
}

/** Whether a call may go out. */
export type Reserved =
  | { readonly kind: 'granted'; readonly reservation: Reservation }
  | { readonly kind: 'exhausted'; readonly limit: LimitState; readonly status: 402 | 429 };

/** Usage that was settled before. */
export interface PastUse extends Spender, Charge {
  /** In milliseconds since 1970: no use in it is later. */
  readonly at: number;
}

/** All limits there are, and how far they are used. Nothing waits here, so no call comes between another's check and mark. */
export interface Limits {
  /** Begins anew with these rules and what was used so far. Reservations that run are charged to the new ones. */
  configure(rules: readonly LimitRule[], past: Iterable<PastUse>): void;
  /** Whether any rule counts by model, so that it has to be known beforehand. */
  readonly byModel: boolean;
  readonly any: boolean;
  /** Whether it matters what a call may use, so that its body should be read beforehand. */
  readonly byUse: boolean;
  /** Whether any rule may count calls to an API. */
  concerns(api: string): boolean;
  /** Calls that cost nothing are counted, but no money or tokens are asked of them. */
  reserve(spender: Spender, mayCost?: boolean, expectation?: Expectation | null): Reserved;
  /** What some calls have used that were not reserved for, as those of another process. */
  add(use: PastUse): void;
  states(): readonly LimitState[];
}

interface Instance {
  readonly rule: LimitRule;
  /** The value of the dimension that `each` names. */
  readonly of: string;
  readonly window: LimitWindow;
  reserved: number;
  /** What the last calls used, to know what the next may. */
  readonly recent: number[];
}

const remembered = 20;
/** The share of a limit that a call is thought to use before one was seen. */
const firstGuess = 0.01;

export function createLimits(now: () => number = Date.now): Limits {
  let rules: readonly LimitRule[] = [];
  let byModel = false;
  let byUse = false;
  let instances = new Map<string, Instance>();
  let found = new Map<string, readonly Instance[]>();
  const running = new Set<{
    readonly spender: Spender;
    readonly told: Expectation | null;
    held: readonly (readonly [Instance, number])[];
  }>();

  const instanceOf = (rule: LimitRule, spender: Spender): Instance => {
    const of = rule.each === null ? '' : spender[rule.each];
    const id = `${rule.id}\n${of}`;
    const known = instances.get(id);
    if (known !== undefined) return known;
    const made: Instance = { rule, of, window: createLimitWindow(rule), reserved: 0, recent: [] };
    instances.set(id, made);
    return made;
  };
  const instancesFor = (spender: Spender): readonly Instance[] => {
    const id = `${spender.team}\n${spender.application}\n${spender.key}\n${spender.api}\n${spender.model}\n${spender.term}`;
    const known = found.get(id);
    if (known !== undefined) return known;
    const made = rules.filter((rule) => holdsFor(rule, spender)).map((rule) => instanceOf(rule, spender));
    if (found.size > 5000) found.clear();
    found.set(id, made);
    return made;
  };
  const expected = ({ rule, recent }: Instance, told: Expectation | null): number => {
    if (rule.measure === 'calls') return 1;
    const said = told?.[rule.measure] ?? null;
    const seen = recent.length === 0 ? null : Math.max(...recent);
    const most = rule.reserve ?? (told?.isMost === true ? said : null) ?? seen ?? said ?? rule.amount * firstGuess;
    // One call may always try, or a limit below what a call uses would refuse for ever.
    return Math.min(most, rule.amount);
  };
  const stateOf = ({ rule, of, window, reserved }: Instance): LimitState => {
    const at = now();
    return {
      id: of === '' ? rule.id : `${rule.id}:${of}`,
      kind: rule.kind,
      source: rule.source,
      title: of === '' ? rule.title : `${rule.title} (${of})`,
      scope: shownScope(rule.each === null ? rule.scope : { ...rule.scope, [rule.each]: of }),
      measure: rule.measure,
      limit: rule.amount,
      spent: rounded(window.spent(at)),
      reserved: rounded(reserved),
      over: rule.over,
      warnAt: rule.warnAt,
      per: rule.per,
      since: window.since(at),
      resetsAt: window.resetsAt(at),
    };
  };
  const use = (spender: Spender, charge: Charge, at: number): void => {
    for (const { rule, window, recent } of instancesFor(spender)) {
      const amount = charge[rule.measure];
      window.add(at, amount);
      if (rule.measure === 'calls' || amount === 0) continue;
      recent.push(amount);
      if (recent.length > remembered) recent.shift();
    }
  };
  const hold = (spender: Spender, told: Expectation | null): readonly (readonly [Instance, number])[] =>
    instancesFor(spender).map((instance) => {
      const amount = expected(instance, told);
      instance.reserved += amount;
      return [instance, amount] as const;
    });

  return {
    configure: (next, past) => {
      rules = next;
      byModel = rules.some(({ scope, each }) => scope.model !== undefined || each === 'model');
      byUse = rules.some(({ over, measure, reserve }) => over === 'refuse' && measure !== 'calls' && reserve === null);
      instances = new Map();
      found = new Map();
      for (const one of past) use(one, one, one.at);
      for (const one of running) one.held = hold(one.spender, one.told);
    },
    get byModel() {
      return byModel;
    },
    get byUse() {
      return byUse;
    },
    get any() {
      return rules.length > 0;
    },
    concerns: (api) => rules.some(({ scope }) => scope.api === undefined || scope.api === api),
    reserve: (spender, mayCost = true, told = null) => {
      const at = now();
      for (const instance of instancesFor(spender)) {
        const { rule, window, reserved } = instance;
        if (rule.over !== 'refuse' || (!mayCost && rule.measure !== 'calls')) continue;
        // Sums of dollars are not exact to the last digit.
        const left = rule.amount * (1 + 1e-9) - window.spent(at) - reserved;
        // A limit that a request sets is rarely met: where no other call runs, what is left will do.
        const isAlone = told?.isMost === true && rule.reserve === null && reserved === 0 && left > rule.amount * 2e-9;
        if (expected(instance, told) > left && (rule.measure === 'calls' || !isAlone))
          return { kind: 'exhausted', limit: stateOf(instance), status: rule.status };
      }
      const entry = { spender, told, held: hold(spender, told) };
      running.add(entry);
      return {
        kind: 'granted',
        reservation: {
          spender,
          settle: (charge) => {
            if (!running.delete(entry)) return;
            for (const [instance, amount] of entry.held) instance.reserved -= amount;
            if (charge !== null) use(spender, charge, now());
          },
        },
      };
    },
    add: (one) => use(one, one, one.at),
    states: () => {
      // Those that were not used yet are shown as well.
      for (const rule of rules) if (rule.each === null) instanceOf(rule, nobody);
      return [...instances.values()].map(stateOf);
    },
  };
}

const nobody: Spender = { team: '', application: '', key: '', api: '', model: '', term: '' };

/** Without the term, which is told as `since`. */
function shownScope({ team, application, api, key, model }: Partial<Spender>): LimitState['scope'] {
  return {
    ...(team === undefined ? {} : { team }),
    ...(application === undefined ? {} : { application }),
    ...(api === undefined ? {} : { api }),
    ...(key === undefined ? {} : { key }),
    ...(model === undefined ? {} : { model }),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e9) / 1e9;
}

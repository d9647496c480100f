import type { Cause, Diagnosis } from '../../shared/finding.ts';
import type { CoolDown } from '../../shared/recourse.ts';
import type { RawAttempt } from '../parts.ts';

/** What a cool-down is for: an API, and the stored credential that it is called with. */
export interface Target {
  readonly api: string;
  readonly credential: string | null;
}

/** A target that was refused shortly before. */
export interface Cooling extends CoolDown {
  readonly status: number | null;
  /** What it was refused with, so that calls that are spared the try can tell why. */
  readonly refusal: RawAttempt['refusal'];
}

/** Targets that need not be tried for a while. They end with the gateway. */
export interface CoolDowns {
  of(target: Target): Cooling | null;
  begin(target: Target, diagnosis: Diagnosis, refused: Pick<RawAttempt, 'status' | 'refusal'>): void;
  /** Whatever was wrong may be mended: tries those that this concerns again. */
  end(concerns: (target: Target) => boolean): void;
  list(concerns: (target: Target) => boolean): readonly CoolDown[];
}

const minutes = 60_000;
const passing: ReadonlySet<Cause> = new Set(['rate_limit', 'payment_service_outage']);
/** Remembered refusals are cut here. */
const longestBody = 16_384;

/** `now` is the clock, in milliseconds since 1970. */
export function createCoolDowns(onChanged: () => void, now: () => number = Date.now): CoolDowns {
  const cooling = new Map<string, Cooling>();
  const keyOf = ({ api, credential }: Target): string => `${api}\n${credential ?? ''}`;
  return {
    of: (target) => {
      const found = cooling.get(keyOf(target));
      if (found === undefined) return null;
      if (found.until > now()) return found;
      cooling.delete(keyOf(target));
      onChanged();
      return null;
    },
    begin: ({ api, credential }, diagnosis, { status, refusal }) => {
      const body = refusal?.body?.slice(0, longestBody) ?? null;
      cooling.set(keyOf({ api, credential }), {
        ...{ api, credential, status, cause: diagnosis.cause, until: now() + lengthOf(diagnosis) },
        refusal: refusal === null ? null : { headers: refusal.headers, body },
      });
      onChanged();
    },
    end: (concerns) => {
      for (const [key, target] of cooling) if (concerns(target)) cooling.delete(key);
      onChanged();
    },
    list: (concerns) =>
      [...cooling.values()]
        .filter((one) => one.until > now() && concerns(one))
        .map(({ api, credential, cause, until }) => ({ api, credential, cause, until })),
  };
}

/** What passes by itself is tried again soon. An empty wallet may be filled at any time, so not even that waits for long. */
function lengthOf({ cause, retry }: Diagnosis): number {
  const named = retry.helps && retry.afterSeconds !== null ? retry.afterSeconds * 1000 : null;
  return passing.has(cause)
    ? Math.min(named ?? minutes / 6, 5 * minutes)
    : Math.max(minutes / 6, Math.min(named ?? 10 * minutes, 30 * minutes));
}

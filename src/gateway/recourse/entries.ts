import type { Cause } from '../../shared/finding.ts';
import type { ResolvedApi } from '../parts.ts';
import type { Target } from './coolDowns.ts';
import type { Try } from './tryRequest.ts';

/** One entry of what may be tried for a call: the API that it names first, then its fallbacks. */
export interface Entry extends Try {
  readonly target: Target;
  /** The causes of the one before at which this is tried. */
  readonly on: readonly Cause[];
}

/**
 * All that may be tried. Stored credentials, and so fallbacks, are only for callers that may spend; what may not be
 * called now is left out.
 */
export function entriesOf(
  api: ResolvedApi,
  maySpend: boolean,
  apis: ReadonlyMap<string, ResolvedApi>,
  mayCall: (name: string) => boolean,
): readonly [Entry, ...Entry[]] {
  const entry = (target: ResolvedApi, on: readonly Cause[], more: Partial<Try> = {}): Entry => ({
    ...{ api: target, model: null, prefix: null, on },
    target: { api: target.name, credential: maySpend ? (target.credential?.name ?? null) : null },
    ...more,
  });
  const others = maySpend ? (api.recourse?.fallback ?? []) : [];
  return [
    entry(api, []),
    ...others.flatMap((one) => {
      if (one.kind === 'credential') return [entry(one.api, one.on)];
      const other = apis.get(one.name);
      const { on, model, path: prefix } = one;
      return other === undefined || !mayCall(one.name) ? [] : [entry(other, on, { model, prefix })];
    }),
  ];
}

/** An API, and itself with each other credential that it may fall back to. */
export function withAlternatives(api: ResolvedApi): readonly ResolvedApi[] {
  return [api, ...(api.recourse?.fallback ?? []).flatMap((one) => (one.kind === 'credential' ? [one.api] : []))];
}

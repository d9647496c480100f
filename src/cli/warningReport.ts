import type { ApiStatus } from '../shared/protocol.ts';
import { plain } from '../shared/text.ts';
import { allApis, type Warning, type WarningBoard } from '../shared/warning.ts';
import { warningText } from '../shared/warningText.ts';
import { fromFolder, printable } from './findingReport.ts';

/** The JSON line of `tollgate serve`. Times are in milliseconds since 1970, the window in seconds. */
export function warningEvent(warning: Warning, now: number): Readonly<Record<string, unknown>> {
  const { api, kind, model, unit, remaining, limit, window, resetAt, runsOutAt, at, callSite } = warning;
  return {
    event: 'warning',
    ...{ at, api, kind, model, unit, remaining, limit, window, resetAt, runsOutAt },
    message: plain(warningText(warning, now)),
    file: callSite?.file ?? null,
    line: callSite?.line ?? null,
  };
}

/** `file:line:column: info: message [code]`, as findings are printed; the line is the one that spends most. */
export function warningLine(warning: Warning, apis: readonly ApiStatus[], cwd: string, now: number): string {
  const { api, kind, model, callSite } = warning;
  const place = callSite === null ? '-:0:0' : `${fromFolder(callSite.file, cwd)}:${callSite.line}:${callSite.column}`;
  const name = api === allApis ? 'All APIs' : (apis.find((one) => one.name === api)?.title ?? api);
  const about = model === null ? name : `${name}, ${model}`;
  return printable(`${place}: info: ${about}: ${plain(warningText(warning, now))} [${kind}]`);
}

/** Tells each warning once, until it is better and comes up again. */
export class WarningFeed {
  readonly #report: (warning: Warning) => void;
  #told: ReadonlySet<string> = new Set();

  constructor(report: (warning: Warning) => void) {
    this.#report = report;
  }

  take({ warnings }: WarningBoard): void {
    const loud = warnings.filter(({ muted }) => !muted);
    for (const warning of loud) if (!this.#told.has(nameOf(warning))) this.#report(warning);
    this.#told = new Set(loud.map(nameOf));
  }
}

function nameOf({ api, kind }: Warning): string {
  return `${api} ${kind}`;
}

import path from 'node:path';
import type { ExchangeSummary } from '../shared/exchange.ts';
import { findingSeverity, type Diagnosis } from '../shared/finding.ts';
import { reliefText } from '../shared/recourse.ts';
import { plain } from '../shared/text.ts';

/** An exchange with which something is wrong. */
export type DiagnosedRow = ExchangeSummary & { readonly diagnosis: Diagnosis };

/** Whether an exchange has been found wanting. */
export function isDiagnosed(row: ExchangeSummary): row is DiagnosedRow {
  return row.diagnosis !== null;
}

/** The JSON line of `tollgate serve`. Lines and columns count from 1; `at` is in milliseconds since 1970. */
export function findingEvent(row: DiagnosedRow): Readonly<Record<string, unknown>> {
  const { diagnosis, callSite } = row;
  return {
    event: 'finding',
    id: row.id,
    number: row.number,
    simulated: row.simulated,
    at: row.startedAt,
    api: row.api,
    provider: row.provider,
    cause: diagnosis.cause,
    severity: findingSeverity(diagnosis),
    summary: plain(diagnosis.summary),
    file: callSite?.file ?? null,
    line: callSite?.line ?? null,
    column: callSite?.column ?? null,
    function: callSite?.function ?? null,
    certainty: callSite?.certainty ?? null,
    status: row.status,
    method: row.method,
    host: row.host,
    path: row.path,
    model: row.model,
    alternatives: diagnosis.alternatives,
    responsibleParty: diagnosis.responsibleParty,
    confidence: diagnosis.confidence,
    evidence: diagnosis.evidence,
    retryAfterSeconds: diagnosis.retry.afterSeconds,
    answeredBy: diagnosis.relief ?? null,
  };
}

/**
 * `file:line:column: severity: message [code]`, as compilers print it. A file under `cwd` is named from there. Without
 * a call site the place is `-:0:0`, which problem matchers read too, and the message names the request.
 */
export function findingLine(row: DiagnosedRow, cwd: string): string {
  const { diagnosis, callSite } = row;
  const place =
    callSite === null
      ? '-:0:0'
      : `${fromFolder(callSite.file, cwd)}:${String(callSite.line)}:${String(callSite.column)}`;
  const near = callSite?.certainty === 'near' ? ' (near this line)' : '';
  const request = callSite === null ? ` (${row.method} ${row.host}${row.path})` : '';
  const simulated = row.simulated ? 'Simulated: ' : '';
  const relief = diagnosis.relief === undefined ? '' : ` ${plain(reliefText(diagnosis.relief))}`;
  const message = printable(`${simulated}${plain(diagnosis.summary)}${relief}${near}${request}`);
  return `${printable(place)}: ${findingSeverity(diagnosis)}: ${message} [${diagnosis.cause}]`;
}

/** A path as people in `cwd` would write it. */
export function fromFolder(file: string, cwd: string): string {
  const relative = path.relative(cwd, file);
  return relative === '' || relative.startsWith('..') || path.isAbsolute(relative) ? file : relative;
}

/** Text from elsewhere, without what a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');
}

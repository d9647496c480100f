import type { Exchange, Redacted } from '../../shared/exchange.ts';
import { originOf, type CallTracing } from '../origin/callTracing.ts';
import { amended, type Redactor } from '../redact/redactor.ts';

/** A saved exchange with what was found out since of who made the call. */
export function learned(tracing: CallTracing, exchange: Redacted<Exchange>, redactor: Redactor): Redacted<Exchange> {
  const origin = originOf(tracing, exchange.origin?.trace ?? null);
  const client = { ...exchange.client, pid: origin?.pid ?? null };
  const callSite = tracing.caller?.callSite ?? null;
  return amended(exchange, { callSite, client, origin: origin === null ? null : redactor.origin(origin) });
}

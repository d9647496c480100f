import type { ExchangeSummary } from '../src/shared/exchange.ts';
import { formatUsd } from '../src/shared/money.ts';

/** A size for people: `812 B`, `1.2 KB`, `3.4 MB`. Steps of 1,024. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${String(bytes)} B`;
  const units = ['KB', 'MB', 'GB', 'TB'];
  let value = bytes / 1024;
  let unit = 0;
  while (value >= 1023.95 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${value >= 100 ? value.toFixed(0) : value.toFixed(1)} ${units[unit] ?? ''}`;
}

/** Milliseconds for people: `0.4 ms`, `312 ms`, `2.41 s`, `3 min 05 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 10) return `${milliseconds.toFixed(1)} ms`;
  if (milliseconds < 999.5) return `${milliseconds.toFixed(0)} ms`;
  if (milliseconds < 59_995) return `${(milliseconds / 1000).toFixed(2)} s`;
  const seconds = Math.round(milliseconds / 1000);
  if (seconds < 3600) return `${String(Math.floor(seconds / 60))} min ${pad(seconds % 60, 2)} s`;
  return `${String(Math.floor(seconds / 3600))} h ${pad(Math.floor((seconds % 3600) / 60), 2)} min`;
}

/** Seconds to wait, for people: `45 s`, `2 min`, `3 h 20 min`, `2 days`. */
export function formatWait(seconds: number): string {
  if (seconds < 90) return `${String(Math.ceil(seconds))} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return `${String(minutes)} min`;
  if (minutes < 48 * 60) return `${String(Math.floor(minutes / 60))} h ${String(minutes % 60)} min`;
  return `${String(Math.round(minutes / 1440))} d`;
}

/** The local time of day with milliseconds, as a log writes it: `14:03:07.042`. `at` is in milliseconds since 1970. */
export function formatClock(at: number): string {
  const date = new Date(at);
  return `${pad(date.getHours(), 2)}:${pad(date.getMinutes(), 2)}:${pad(date.getSeconds(), 2)}.${pad(date.getMilliseconds(), 3)}`;
}

/** Local date and time in ISO order: `2026-03-01 14:03:07.042`. */
export function formatMoment(at: number): string {
  const date = new Date(at);
  return `${String(date.getFullYear())}-${pad(date.getMonth() + 1, 2)}-${pad(date.getDate(), 2)} ${formatClock(at)}`;
}

/** What a call cost: `$0.42`, with a tilde before an estimate; empty where that is not known or nothing. */
export function formatCost({ costUsd, costEstimated }: Pick<ExchangeSummary, 'costUsd' | 'costEstimated'>): string {
  if (costUsd === null || costUsd === 0) return '';
  return `${costEstimated ? '~' : ''}$${formatUsd(costUsd)}`;
}

const counts = new Intl.NumberFormat();

/** A count with the reader's own thousands separators. */
export function formatCount(count: number): string {
  return counts.format(count);
}

function pad(value: number, width: number): string {
  return String(value).padStart(width, '0');
}

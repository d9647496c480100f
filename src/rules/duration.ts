/**
 * Seconds to wait, from any form in use: delay-seconds and HTTP-date (RFC 9110, 10.2.3), RFC 3339, seconds or milliseconds
 * since 1970, "12ms", "6m0s", "48s". Null where it is none of them; negative where the moment has passed.
 */
export function seconds(value: string, now: number): number | null {
  const text = value.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) {
    const number = Number(text);
    if (number > 1e12) return Math.round((number - now) / 1000);
    if (number > 1e9) return Math.round(number - now / 1000);
    return number;
  }
  const spelled = duration(text);
  if (spelled !== null) return spelled;
  if (!/\d{4}/.test(text)) return null;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? null : Math.round((moment - now) / 1000);
}

const unitSeconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of a spelled-out duration: "9m38.016s", "1 hour 5 minutes", "22.14:18:12" (d.hh:mm:ss). Null for others. */
export function duration(text: string): number | null {
  const clock = /^(?:(\d+)\.)?(\d\d):(\d\d):(\d\d)$/.exec(text.trim());
  if (clock !== null) {
    const [, days = '0', hours = '0', minutes = '0', rest = '0'] = clock;
    return Number(days) * 86_400 + Number(hours) * 3600 + Number(minutes) * 60 + Number(rest);
  }
  let total = 0;
  let end = 0;
  for (const match of text.matchAll(
    /(\d+(?:\.\d+)?) ?(milliseconds?|ms|seconds?|secs?|s|minutes?|mins?|m|hours?|hrs?|h|days?|d)(?![a-z])/gi,
  )) {
    const [whole, number = '0', unit = 's'] = match;
    const name = unit.toLowerCase();
    const key = name.startsWith('ms') || name.startsWith('milli') ? 'ms' : name.slice(0, 1);
    total += Number(number) * (unitSeconds[key] ?? 1);
    end = match.index + whole.length;
  }
  return end > 0 && end >= text.trimEnd().length ? Math.round(total * 1000) / 1000 : null;
}

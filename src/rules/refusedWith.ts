import type { View } from './view.ts';

const statusKeys = /^(?:code|status|status_?code|http_?(?:code|status)|cod)$/;

/** The status that an answer carries inside, where the one outside says nothing: in a stream, a frame, a relayed error. */
export function refusedWith(view: View): number | null {
  if (view.status !== null && view.status >= 400) return view.status;
  for (const { key, value } of view.body.fields)
    if (statusKeys.test(key) && /^[45]\d\d$/.test(String(value))) return Number(value);
  const told = view.status === null ? /^\D{0,40}\b(4\d\d)\b/.exec(view.body.text)?.[1] : undefined;
  return told === undefined ? view.status : Number(told);
}

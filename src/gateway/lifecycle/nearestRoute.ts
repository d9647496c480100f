import type { DescribedRoute } from './description/routeTable.ts';

/** The route most like a path, as in `GET /v1/orders/{id}`; null where none is near enough to have been meant. */
export function nearestRoute(
  method: string,
  path: string,
  routes: readonly DescribedRoute[],
  base: string,
): string | null {
  const wanted = segmentsOf(path.replace(/[?#].*$/s, ''));
  let best: DescribedRoute | null = null;
  let least = Math.max(1, wanted.length / 2) + 0.01;
  for (const route of routes) {
    const far = distance(wanted, segmentsOf(base + route.template)) + (route.method === method ? 0 : 0.3);
    if (far < least) [best, least] = [route, far];
  }
  return best === null ? null : `${best.method} ${base}${best.template}`;
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').slice(1);
}

/** How many segments have to be put in, taken out or replaced; likeness counts, a parameter likens all. */
function distance(from: readonly string[], to: readonly string[]): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, one] of from.entries()) {
    const next = [i + 1];
    for (const [j, other] of to.entries()) {
      const replaced = (row[j] ?? 0) + unlikeness(one, other);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function unlikeness(one: string, other: string): number {
  if (one === other) return 0;
  if (other.includes('{')) return 0.2;
  const [short, long] = one.length < other.length ? [one, other] : [other, one];
  if (short.length > 2 && long.toLowerCase().startsWith(short.toLowerCase())) return 0.3;
  let alike = 0;
  let letters = long.toLowerCase();
  for (const letter of short.toLowerCase()) {
    if (!letters.includes(letter)) continue;
    letters = letters.replace(letter, '');
    alike++;
  }
  const share = alike / long.length;
  return share > 0.7 ? 1 - share : 1;
}

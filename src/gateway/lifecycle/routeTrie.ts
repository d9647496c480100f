import type { DescribedRoute } from './description/routeTable.ts';
import { decoded } from './description/names.ts';

/** Where a call leads by a description. */
export type RouteMatch =
  | { readonly kind: 'route'; readonly route: DescribedRoute }
  /** The path is described, the method is not; `allow` are those that are. */
  | { readonly kind: 'method'; readonly template: string; readonly allow: readonly string[] }
  | { readonly kind: 'none' };

/** Templates, compiled once. */
export interface RouteTrie {
  /** `path` is that of the upstream, with or without its query. */
  match(method: string, path: string): RouteMatch;
}

interface Place {
  readonly words: Map<string, Place>;
  /** Segments that are partly a parameter, as in `{name}.json`; the most telling first. */
  readonly patterns: { readonly pieces: readonly string[]; readonly place: Place }[];
  parameter: Place | null;
  readonly methods: Map<string, DescribedRoute>;
  template: string;
}

/**
 * Compiles templates below each of the bases. Words win over patterns and these over parameters, as the specification
 * wants it, but only where they lead to the method that is asked for.
 */
export function compileRoutes(routes: readonly DescribedRoute[], bases: readonly string[]): RouteTrie {
  const root = emptyPlace();
  for (const base of bases)
    for (const route of routes) {
      const place = placeFor(root, segmentsOf(base + route.template));
      place.template = base + route.template;
      if (!place.methods.has(route.method)) place.methods.set(route.method, route);
    }
  return {
    match: (method, path) => {
      const found: Place[] = [];
      const segments = segmentsOf(path.replace(/[?#].*$/s, '')).map(decoded);
      const place = find(root, segments, 0, method, found);
      const route = place === null ? undefined : routeOf(place, method);
      if (route !== undefined) return { kind: 'route', route };
      const [nearest] = found;
      if (nearest === undefined) return { kind: 'none' };
      const allow = new Set(found.flatMap(({ methods }) => [...methods.keys()]));
      if (allow.has('GET')) allow.add('HEAD');
      return { kind: 'method', template: nearest.template, allow: [...allow].sort() };
    },
  };
}

function emptyPlace(): Place {
  return { words: new Map(), patterns: [], parameter: null, methods: new Map(), template: '' };
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').slice(1);
}

function placeFor(root: Place, segments: readonly string[]): Place {
  let place = root;
  for (const segment of segments) place = childFor(place, segment);
  return place;
}

function childFor(place: Place, segment: string): Place {
  if (/^\{[^{}]*\}$/.test(segment)) return (place.parameter ??= emptyPlace());
  if (!segment.includes('{')) {
    const child = place.words.get(decoded(segment)) ?? emptyPlace();
    place.words.set(decoded(segment), child);
    return child;
  }
  const pieces = segment.split(/\{[^{}]*\}/);
  const known = place.patterns.find((one) => one.pieces.join('\0') === pieces.join('\0'));
  if (known !== undefined) return known.place;
  const child = emptyPlace();
  place.patterns.push({ pieces, place: child });
  place.patterns.sort((one, other) => other.pieces.join('').length - one.pieces.join('').length);
  return child;
}

/** The best place that takes the method; others that take the path alone are put into `found`. */
function find(place: Place, segments: readonly string[], at: number, method: string, found: Place[]): Place | null {
  const segment = segments[at];
  if (segment === undefined) {
    if (place.methods.size === 0) return null;
    if (routeOf(place, method) !== undefined) return place;
    found.push(place);
    return null;
  }
  const word = place.words.get(segment);
  const first = word === undefined ? null : find(word, segments, at + 1, method, found);
  if (first !== null) return first;
  for (const { pieces, place: child } of place.patterns) {
    const one = fits(segment, pieces) ? find(child, segments, at + 1, method, found) : null;
    if (one !== null) return one;
  }
  // An empty segment is nobody's parameter, and what a server may take for a step up or none is none either.
  return place.parameter === null || /^\.{0,2}$/.test(segment)
    ? null
    : find(place.parameter, segments, at + 1, method, found);
}

/** A HEAD asks for what a GET would say (RFC 9110, 9.3.2). */
function routeOf({ methods }: Place, method: string): DescribedRoute | undefined {
  return methods.get(method) ?? (method === 'HEAD' ? methods.get('GET') : undefined);
}

/** Piece by piece instead of by a regular expression, whose time a hostile path could blow up. */
function fits(segment: string, pieces: readonly string[]): boolean {
  const [first = '', ...rest] = pieces;
  const last = rest.pop() ?? '';
  if (!segment.startsWith(first) || !segment.endsWith(last)) return false;
  const end = segment.length - last.length;
  let at = first.length;
  for (const piece of rest) {
    // A parameter is one character at least.
    const next = segment.indexOf(piece, at + 1);
    if (next === -1) return false;
    at = next + piece.length;
  }
  return at + 1 <= end;
}

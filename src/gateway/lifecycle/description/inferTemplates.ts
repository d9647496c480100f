/** How many different segments at one place make it a parameter, even where each might be a word. */
const manySiblings = 8;

/** Whether a segment, or the name of a member, is somebody's identifier rather than a word of the API. */
export function looksVariable(segment: string): boolean {
  if (/^\d+$/.test(segment)) return true;
  if (/^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(segment)) return true;
  if (/^\d{4}-\d\d-\d\d/.test(segment)) return true;
  if (/[@\s]/.test(segment) || segment.length > 60) return true;
  if (/^[0-9a-f]{12,}$/i.test(segment)) return true;
  // As in cus_NffrFeUfNV2Hib: a prefix, and letters and digits by turns.
  const [, tail = segment] = /^[a-z]{2,12}[_-](.+)$/i.exec(segment) ?? [];
  if (tail.length >= 8 && /^[\w-]+$/.test(tail) && /\d/.test(tail) && /[a-z]/i.test(tail))
    return tail !== segment || turns(tail) >= 4;
  return /redacted/i.test(segment);
}

function turns(text: string): number {
  return [...text.matchAll(/[a-z](?=\d)|\d(?=[a-z])|[a-z](?=[A-Z])/g)].length;
}

interface Place {
  readonly children: Map<string, Place>;
  ends: boolean;
}

/** Finds templates behind paths, as in `/orders/{orderId}/items` behind `/orders/17/items`; by path. */
export function inferTemplates(paths: Iterable<string>): ReadonlyMap<string, string> {
  const root: Place = { children: new Map(), ends: false };
  const all = [...new Set(paths)];
  for (const path of all) insert(root, segmentsOf(path).map(fixed));
  join(root);
  return new Map(all.map((path) => [path, templateOf(root, path)]));
}

const variable = '{}';

function fixed(segment: string): string {
  return looksVariable(segment) ? variable : segment;
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').slice(1);
}

function insert(place: Place, segments: readonly string[]): void {
  const [first, ...rest] = segments;
  if (first === undefined) {
    place.ends = true;
    return;
  }
  const child = place.children.get(first) ?? { children: new Map(), ends: false };
  place.children.set(first, child);
  insert(child, rest);
}

/** Where very many words stand at one place, and lead on alike, they are values too. */
function join(place: Place): void {
  const words = [...place.children].filter(([name]) => name !== variable);
  const shapes = new Set(words.map(([, child]) => `${child.ends} ${[...child.children.keys()].sort().join(' ')}`));
  if (words.length >= manySiblings && shapes.size === 1) {
    const joined = place.children.get(variable) ?? { children: new Map(), ends: false };
    for (const [name, child] of words) {
      absorb(joined, child);
      place.children.delete(name);
    }
    place.children.set(variable, joined);
  }
  for (const child of place.children.values()) join(child);
}

function absorb(into: Place, from: Place): void {
  into.ends ||= from.ends;
  for (const [name, child] of from.children) {
    const known = into.children.get(name);
    if (known === undefined) into.children.set(name, child);
    else absorb(known, child);
  }
}

function templateOf(root: Place, path: string): string {
  let place: Place | undefined = root;
  const names = new Set<string>();
  let before = '';
  const written = segmentsOf(path).map((segment) => {
    const isWord: boolean = place?.children.has(segment) === true && fixed(segment) !== variable;
    place = place?.children.get(isWord ? segment : variable);
    if (isWord) {
      before = segment;
      return segment;
    }
    const name = free(`${singular(before)}Id`, names);
    names.add(name);
    return `{${name}}`;
  });
  return `/${written.join('/')}`;
}

function singular(word: string): string {
  const letters = word.replace(/\W+(\w?)/g, (_whole, next: string) => next.toUpperCase()).replace(/^\d+/, '');
  if (letters === '') return 'item';
  if (letters.endsWith('ies')) return letters.replace(/ies$/, 'y');
  if (/(?:ss|us|is)$/.test(letters)) return letters;
  return letters.replace(/(?<=x|ch|sh|ss)es$|s$/, '');
}

function free(name: string, taken: ReadonlySet<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name}${count}`;
  return free;
}

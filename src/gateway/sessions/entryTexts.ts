/** What is kept of the text before the entries. */
const longestHead = 65_536;

/** Finds the members of the array `entries` in JSON that comes piece by piece, and may be damaged around them. */
export interface EntryTexts {
  /** The entries that this piece ends. */
  push(piece: string): Iterable<string>;
  /** `none`: no array was found. `cut`: the text ended within it. */
  readonly state: 'none' | 'whole' | 'cut';
  /** What stood before the entries. */
  readonly head: string;
}

export function createEntryTexts(): EntryTexts {
  let head = '';
  let seeking = '';
  let found = false;
  let done = false;
  /** Of the entry that is being read: its beginning from earlier pieces, and how deep it is nested. */
  let begun: string[] = [];
  let depth = 0;
  let inText = false;
  let escaped = false;

  const scan = function* (piece: string): Generator<string> {
    let start = depth > 0 || inText ? 0 : -1;
    for (let at = 0; at < piece.length; at++) {
      const code = piece.charCodeAt(at);
      if (inText) {
        if (escaped) escaped = false;
        else if (code === backslash) escaped = true;
        else if (code === quote) inText = false;
        continue;
      }
      if (code === quote) inText = true;
      else if (code === openBrace || code === openBracket) {
        if (depth === 0) start = at;
        depth++;
      } else if (code === closeBrace || code === closeBracket) {
        if (depth === 0) {
          done = true;
          return;
        }
        depth--;
        if (depth > 0) continue;
        yield begun.join('') + piece.slice(start, at + 1);
        begun = [];
        start = -1;
      }
    }
    if (start >= 0) begun.push(piece.slice(start));
  };

  return {
    get state() {
      return !found ? 'none' : done ? 'whole' : 'cut';
    },
    get head() {
      return head;
    },
    push: function* (piece) {
      if (done) return;
      if (found) {
        yield* scan(piece);
        return;
      }
      seeking += piece;
      const match = /"entries"\s*:\s*\[/.exec(seeking);
      if (match === null) {
        // What was searched need not be kept, but for the beginning and a name that may be half there.
        if (head.length < longestHead) head = (head + piece).slice(0, longestHead);
        seeking = seeking.slice(-200);
        return;
      }
      found = true;
      head = (head + piece).slice(0, longestHead);
      const rest = seeking.slice(match.index + match[0].length);
      seeking = '';
      yield* scan(rest);
    },
  };
}

const quote = 0x22;
const backslash = 0x5c;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const openBracket = 0x5b;
const closeBracket = 0x5d;

import type { Line } from './lines.ts';

/** The path of a line of JSON, as `$.choices[0].message`: keys that are no identifiers stand in brackets. */
export function jsonPath(lines: readonly Line[], index: number): string {
  const steps: string[] = [];
  for (let at = opening(lines, index); at >= 0;) {
    const parent = parentOf(lines, at);
    const key = lines[at]?.tokens.find(({ kind }) => kind === 'key');
    if (key !== undefined) steps.unshift(stepOf(key.text));
    else if (parent >= 0) steps.unshift(`[${String(placeAmong(lines, parent, at))}]`);
    at = parent;
  }
  return `$${steps.join('')}`;
}

/** A closing brace belongs to the line that it closes. */
function opening(lines: readonly Line[], index: number): number {
  if (!isClosing(lines[index])) return index;
  for (let at = index - 1; at >= 0; at--) if (lines[at]?.end === index) return at;
  return index;
}

function parentOf(lines: readonly Line[], index: number): number {
  const depth = lines[index]?.depth ?? 0;
  for (let at = index - 1; at >= 0; at--) if ((lines[at]?.depth ?? 0) < depth) return at;
  return -1;
}

function placeAmong(lines: readonly Line[], parent: number, index: number): number {
  const depth = lines[index]?.depth ?? 0;
  let place = 0;
  for (let at = parent + 1; at < index; at++) if (lines[at]?.depth === depth && !isClosing(lines[at])) place++;
  return place;
}

function isClosing(line: Line | undefined): boolean {
  return line !== undefined && /^[}\]]/.test(line.tokens[0]?.text ?? '');
}

function stepOf(quoted: string): string {
  const name = quoted.slice(1, -1);
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `.${name}` : `[${quoted}]`;
}

/** The next line that has a text, whatever its case, after a line and around the end; -1 where none has. */
export function findLine(lines: readonly Line[], text: string, after: number, step: 1 | -1): number {
  const wanted = text.toLowerCase();
  for (let tried = 1; tried <= lines.length; tried++) {
    const at = (after + step * tried + lines.length * 2) % lines.length;
    const line = lines[at];
    if (line === undefined) continue;
    const whole = line.tokens.map((one) => one.text).join('');
    if (whole.toLowerCase().includes(wanted)) return at;
  }
  return -1;
}

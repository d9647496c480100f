/** One challenge of a `WWW-Authenticate` field: its scheme in lower case, and its parameters by name in lower case. */
export interface Challenge {
  readonly scheme: string;
  readonly parameters: ReadonlyMap<string, string>;
}

const token = /^[!#$%&'*+.^_`|~\w-]+/;

/** The challenges of a field; several may share one line (RFC 9110, 11.6.1). Stops at what it cannot read. */
export function readChallenges(field: string): readonly Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  let rest = field;
  while (rest !== '') {
    rest = rest.replace(/^[\s,;]+/, '');
    const name = token.exec(rest)?.[0];
    if (name === undefined) break;
    rest = rest.slice(name.length);
    const value = /^\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]+))/.exec(rest);
    const last = challenges.at(-1);
    if (value === null) challenges.push({ scheme: name.toLowerCase(), parameters: new Map() });
    else if (last === undefined) break;
    else {
      last.parameters.set(name.toLowerCase(), value[1]?.replaceAll(/\\(.)/g, '$1') ?? value[2] ?? '');
      rest = rest.slice(value[0].length);
    }
  }
  return challenges;
}

/** Names beyond which all are forgotten: there are not that many but those that somebody makes up. */
const most = 2000;

/** A function of a name that does not work the same out again: names come back with every answer. */
export function remembered<T>(work: (name: string) => T): (name: string) => T {
  const known = new Map<string, T>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const made = work(name);
    if (known.size >= most) known.clear();
    known.set(name, made);
    return made;
  };
}

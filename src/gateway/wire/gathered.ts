/** Something that sends what it has gathered. */
interface Gathering {
  flushed(): void;
}

let depth = 0;
let waiting: Gathering[] = [];

/** From here to `leaveGathering`, what gathers bytes waits to send them in one piece. */
export function enterGathering(): void {
  depth++;
}

export function leaveGathering(): void {
  if (--depth > 0 || waiting.length === 0) return;
  const all = waiting;
  waiting = [];
  for (const one of all) one.flushed();
}

/** Has something flushed at the end of the work that runs, or of the tick. */
export function flushSoon(one: Gathering): void {
  if (depth > 0) waiting.push(one);
  else process.nextTick(flush, one);
}

function flush(one: Gathering): void {
  one.flushed();
}

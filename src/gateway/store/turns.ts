/** Work that is done one piece a turn of the event loop, so that timers and answers get theirs in between. */
export interface Turns<Piece> {
  add(piece: Piece): void;
  /** Does at once what waits. */
  finish(): void;
}

/** `work` must not throw. */
export function createTurns<Piece>(work: (piece: Piece) => void): Turns<Piece> {
  const waiting: Piece[] = [];
  let scheduled = false;

  const turn = (): void => {
    scheduled = false;
    const piece = waiting.shift();
    if (waiting.length > 0) schedule();
    if (piece !== undefined) work(piece);
  };
  const schedule = (): void => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(turn);
  };

  return {
    add: (piece) => {
      waiting.push(piece);
      schedule();
    },
    finish: () => {
      for (const piece of waiting.splice(0)) work(piece);
    },
  };
}

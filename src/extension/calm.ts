/** A function that runs at once when asked, but not again before `milliseconds` are over: asked meanwhile, it runs then. */
export interface Calm {
  (): void;
  dispose(): void;
}

/** Calms what would otherwise follow every event. */
export function calm(milliseconds: number, work: () => void): Calm {
  let timer: NodeJS.Timeout | undefined;
  let asked = false;
  const run = (): void => {
    asked = false;
    timer = setTimeout(() => {
      timer = undefined;
      if (asked) run();
    }, milliseconds);
    work();
  };
  return Object.assign(
    () => {
      if (timer === undefined) run();
      else asked = true;
    },
    { dispose: () => clearTimeout(timer) },
  );
}

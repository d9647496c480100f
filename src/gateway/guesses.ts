import { setTimeout as after } from 'node:timers/promises';

const free = 5;
const forgottenAfter = 10_000;
const longest = 5_000;
const mostWaiting = 100;

/**
 * Slows down whoever guesses at the token: from the sixth wrong one on, answers to wrong ones leave one at a time, each
 * later than the one before, up to five seconds. A wrong one is forgotten after ten seconds. Right ones never wait.
 * Gives how long until the next wrong answer may leave; rejects where too many wait for theirs already.
 */
export function createGuesses(now: () => number = Date.now): () => Promise<void> {
  let wrong = 0;
  let last = now();
  let waiting = 0;
  let turn = Promise.resolve();
  return async () => {
    const time = now();
    wrong = Math.max(0, wrong - Math.max(0, time - last) / forgottenAfter) + 1;
    last = time;
    if (wrong <= free) return;
    if (waiting >= mostWaiting) throw new Error('Too many wrong tokens at once.');
    const delay = Math.min(longest, 50 * 2 ** Math.min(10, wrong - free));
    waiting += 1;
    turn = turn.then(() => after(delay, undefined, { ref: false }));
    await turn;
    waiting -= 1;
  };
}

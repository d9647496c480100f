/**
 * Memory that bytes of a long body were read into. Whoever is the last to have them gives it back, so that the next read
 * finds it warm; what is never given back is garbage as any other. Who hands bytes on without it keeps them as long as
 * he likes.
 */
export interface Loan {
  /** Once all is written: the bytes are somebody else's from then on. */
  giveBack(): void;
}

const size = 64 * 1024;
/** Memory that is kept while nobody needs it. */
const mostKept = 32;
const kept: Block[] = [];

class Block implements Loan {
  readonly memory = Buffer.allocUnsafeSlow(size);
  isLent = true;

  giveBack(): void {
    if (!this.isLent) return;
    this.isLent = false;
    if (kept.length < mostKept) kept.push(this);
  }
}

/** Copies `bytes`, 64 KB at most, into lent memory. */
export function lend(bytes: Uint8Array): { readonly bytes: Buffer; readonly loan: Loan } {
  const block = kept.pop() ?? new Block();
  block.isLent = true;
  block.memory.set(bytes);
  return { bytes: block.memory.subarray(0, bytes.length), loan: block };
}

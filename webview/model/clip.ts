import type { PanelApi } from '../../src/shared/panel.ts';

const confirmFor = 1500;

/** Who copies, and says so where it fails. */
interface Copying {
  readonly api: Pick<PanelApi, 'copy'>;
  run(action: () => Promise<unknown>): void;
}

/** Puts texts on the clipboard, and says so for a moment. */
export class Clip {
  readonly #model: Copying;
  readonly #onChange: () => void;
  #copied: string | null = null;

  constructor(model: Copying, onChange: () => void) {
    this.#model = model;
    this.#onChange = onChange;
  }

  /** What was copied a moment ago. */
  get copied(): string | null {
    return this.#copied;
  }

  /** `what` names it for `copied`. */
  copy(what: string, make: () => string | Promise<string>): void {
    this.#model.run(async () => {
      await this.#model.api.copy(await make());
      this.confirm(what);
    });
  }

  /** Shows for a moment that something was copied. */
  confirm(what: string): void {
    this.#copied = what;
    this.#onChange();
    setTimeout(() => {
      if (this.#copied === what) this.#copied = null;
      this.#onChange();
    }, confirmFor);
  }
}

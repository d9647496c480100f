import type { PanelApi, SavedFilter } from '../../src/shared/panel.ts';

/** The filters of this workspace that have a name. */
export class SavedFilterList {
  readonly #api: Pick<PanelApi, 'savedFilters' | 'saveFilter' | 'forgetFilter'>;
  readonly #onChange: () => void;
  #all: readonly SavedFilter[] = [];

  constructor(api: Pick<PanelApi, 'savedFilters' | 'saveFilter' | 'forgetFilter'>, onChange: () => void) {
    this.#api = api;
    this.#onChange = onChange;
  }

  get all(): readonly SavedFilter[] {
    return this.#all;
  }

  load(): Promise<void> {
    return this.#keep(this.#api.savedFilters());
  }

  /** Has a person asked for a name, and keeps the filter under it. */
  save(filter: string): Promise<void> {
    return this.#keep(this.#api.saveFilter(filter));
  }

  forget(name: string): Promise<void> {
    return this.#keep(this.#api.forgetFilter(name));
  }

  async #keep(saved: Promise<readonly SavedFilter[]>): Promise<void> {
    this.#all = await saved;
    this.#onChange();
  }
}

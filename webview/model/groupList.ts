import type { PanelApi } from '../../src/shared/panel.ts';
import type { GroupQuery, LogGroup } from '../../src/shared/protocol.ts';
import type { Loaded } from './detailModel.ts';

/** The groups of the calls that a filter finds. */
export class GroupList {
  readonly #api: Pick<PanelApi, 'groups'>;
  readonly #onChange: () => void;
  #groups: Loaded<readonly LogGroup[]> = { kind: 'loading' };
  #loads = 0;

  constructor(api: Pick<PanelApi, 'groups'>, onChange: () => void) {
    this.#api = api;
    this.#onChange = onChange;
  }

  get groups(): Loaded<readonly LogGroup[]> {
    return this.#groups;
  }

  /** Asks for groups; the newest question counts. */
  load(query: GroupQuery): void {
    const load = ++this.#loads;
    this.#groups = { kind: 'loading' };
    const hear = (groups: Loaded<readonly LogGroup[]>): void => {
      if (load !== this.#loads) return;
      this.#groups = groups;
      this.#onChange();
    };
    this.#api.groups(query).then(
      (value) => hear({ kind: 'here', value }),
      (error: unknown) => hear({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
  }
}

import type { PanelApi } from '../../src/shared/panel.ts';
import type { GroupQuery, LogGroup } from '../../src/shared/protocol.ts';
import type { Loaded } from './detailModel.ts';
import { addGroups, biggest } from './groupSums.ts';

/** Exchanges grouped at one go at first; how many it becomes depends on how long that took. */
const firstSpan = 20_000;
/** Milliseconds that a piece may take: whoever asks something else meanwhile waits for it. */
const patience = 120;

/** The groups of the calls that a filter finds: newest first by pieces, so that a big log shows some at once. */
export class GroupList {
  readonly #api: Pick<PanelApi, 'groups' | 'exchanges'>;
  readonly #onChange: () => void;
  #groups: Loaded<readonly LogGroup[]> = { kind: 'loading' };
  #counting = false;
  #loads = 0;

  constructor(api: Pick<PanelApi, 'groups' | 'exchanges'>, onChange: () => void) {
    this.#api = api;
    this.#onChange = onChange;
  }

  get groups(): Loaded<readonly LogGroup[]> {
    return this.#groups;
  }

  /** True while older calls are still to be added. */
  get counting(): boolean {
    return this.#counting;
  }

  /** Asks for groups; the newest question counts. */
  load(query: GroupQuery): void {
    const load = ++this.#loads;
    this.#groups = { kind: 'loading' };
    const hear = (groups: Loaded<readonly LogGroup[]>, counting: boolean): boolean => {
      if (load !== this.#loads) return false;
      this.#groups = groups;
      this.#counting = counting;
      this.#onChange();
      return true;
    };
    this.#addUp(query, hear).catch((error: unknown) =>
      hear({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }, false),
    );
  }

  async #addUp(
    query: GroupQuery,
    hear: (groups: Loaded<readonly LogGroup[]>, counting: boolean) => boolean,
  ): Promise<void> {
    const { session } = query;
    const where = session === undefined ? {} : { session };
    const { rows } = await this.#api.exchanges({ filter: '', limit: 1, total: false, ...where });
    const sums = new Map<string, LogGroup>();
    let span = firstSpan;
    for (let before = (rows[0]?.number ?? 0) + 1, from = 0; ; before = from) {
      from = Math.max(0, before - span);
      const begun = performance.now();
      addGroups(sums, await this.#api.groups({ ...query, from, before }));
      if (!hear({ kind: 'here', value: biggest(sums) }, from > 0) || from === 0) return;
      span = Math.round(span * Math.min(2, Math.max(0.25, patience / Math.max(1, performance.now() - begun))));
    }
  }
}

import type { Exchange, ExchangeId, ExchangeSummary } from '../../src/shared/exchange.ts';
import type { PanelApi, PanelBody, PanelFix } from '../../src/shared/panel.ts';
import { plain } from '../../src/shared/text.ts';
import type { Troubleshooting } from '../../src/shared/troubleshooting.ts';
import { stateName, stepName } from '../strings.ts';
import type { Side } from '../../src/shared/protocol.ts';
import type { ClientSide } from '../../src/shared/stages.ts';

/** Which of the four bodies of an exchange. */
export type BodySide = Side | ClientSide;

/** Something asked for: not yet, here, or why not. */
export type Loaded<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'here'; readonly value: T }
  | { readonly kind: 'failed'; readonly message: string };

const loading = { kind: 'loading' } as const;
/** How often a call that is still running is looked at again, in milliseconds. */
const lookAgain = 400;

/** The exchange in the detail pane. Bodies and fixes come when they are first looked at. */
export class DetailModel {
  readonly #api: Pick<PanelApi, 'exchange' | 'body' | 'fixes' | 'troubleshooting'>;
  readonly #onChange: () => void;
  #row: ExchangeSummary | null = null;
  #exchange: Loaded<Exchange | null> = loading;
  #bodies = new Map<BodySide, Loaded<PanelBody | null>>();
  #fixes: Loaded<readonly PanelFix[]> | null = null;
  #troubleshooting: Loaded<Troubleshooting | null> | null = null;
  #stepNews = '';
  #replaying: ExchangeId | null = null;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(api: Pick<PanelApi, 'exchange' | 'body' | 'fixes' | 'troubleshooting'>, onChange: () => void) {
    this.#api = api;
    this.#onChange = onChange;
  }

  get id(): ExchangeId | null {
    return this.#row?.id ?? null;
  }
  get row(): ExchangeSummary | null {
    return this.#row;
  }
  get exchange(): Loaded<Exchange | null> {
    return this.#exchange;
  }
  get replaying(): boolean {
    return this.#replaying !== null && this.#replaying === this.id;
  }

  load(row: ExchangeSummary): void {
    if (row.id === this.id) return;
    this.#row = row;
    this.#exchange = loading;
    this.#bodies.clear();
    this.#fixes = null;
    this.#troubleshooting = null;
    this.#stepNews = '';
    this.#loadExchange(row.id);
    this.#onChange();
  }

  unload(): void {
    this.#row = null;
    this.#onChange();
  }

  setReplaying(id: ExchangeId | null): void {
    this.#replaying = id;
    this.#onChange();
  }

  /** The body, asked for the first time that it is looked at. */
  body(side: BodySide): Loaded<PanelBody | null> {
    const known = this.#bodies.get(side);
    if (known !== undefined || this.#row === null) return known ?? loading;
    this.#bodies.set(side, loading);
    this.#loadBody(this.#row.id, side);
    return loading;
  }

  /** The fixes for the finding, asked for the first time that they are looked at. */
  fixes(): Loaded<readonly PanelFix[]> {
    if (this.#fixes === null && this.#row !== null) {
      this.#fixes = loading;
      const { id } = this.#row;
      this.#ask(id, this.#api.fixes(id), (fixes) => (this.#fixes = fixes));
    }
    return this.#fixes ?? loading;
  }

  /** The checklist, asked for the first time that it is looked at; null before anybody had the steps walked. */
  troubleshooting(): Loaded<Troubleshooting | null> {
    if (this.#troubleshooting === null && this.#row !== null) {
      this.#troubleshooting = loading;
      const { id } = this.#row;
      this.#ask(id, this.#api.troubleshooting(id), (known) => {
        // What an event told meanwhile is newer.
        if (this.#troubleshooting?.kind !== 'here') this.#troubleshooting = known;
      });
    }
    return this.#troubleshooting ?? loading;
  }

  /** The step that was filled in last, for those who do not see it. */
  get stepNews(): string {
    return this.#stepNews;
  }

  /** Hears of a step that was filled in. */
  receiveTroubleshooting(known: Troubleshooting): void {
    if (known.id !== this.id) return;
    const before = this.#troubleshooting?.kind === 'here' ? this.#troubleshooting.value : null;
    const filled = known.steps.find(
      ({ name, state }) => state !== 'running' && before?.steps.find((one) => one.name === name)?.state !== state,
    );
    if (filled !== undefined)
      this.#stepNews = [`${stepName(filled.name)}: ${stateName(filled.state)}.`, ...filled.sentences.map(plain)].join(
        ' ',
      );
    else if (known.conclusion !== null) this.#stepNews = plain(known.conclusion);
    this.#troubleshooting = { kind: 'here', value: known };
    this.#onChange();
  }

  /** Hears of changed rows: a call that is still running is looked at again. */
  receive(rows: readonly ExchangeSummary[]): void {
    const row = rows.findLast(({ id }) => id === this.id);
    if (row === undefined) return;
    this.#row = row;
    this.#timer ??= setTimeout(() => {
      this.#timer = null;
      if (this.#row?.id === row.id) this.#refresh(this.#row);
    }, lookAgain);
    this.#onChange();
  }

  #refresh(row: ExchangeSummary): void {
    this.#fixes = null;
    this.#loadExchange(row.id);
    for (const side of this.#bodies.keys()) this.#loadBody(row.id, side);
  }

  #loadExchange(id: ExchangeId): void {
    this.#ask(id, this.#api.exchange(id), (exchange) => {
      this.#exchange = exchange;
      if (exchange.kind === 'here' && exchange.value !== null) this.#row = exchange.value;
    });
  }

  #loadBody(id: ExchangeId, side: BodySide): void {
    this.#ask(id, this.#api.body(id, side), (body) => this.#bodies.set(side, body));
  }

  #ask<T>(id: ExchangeId, answer: Promise<T>, keep: (answer: Loaded<T>) => void): void {
    const hear = (loaded: Loaded<T>): void => {
      if (this.id !== id) return;
      keep(loaded);
      this.#onChange();
    };
    answer.then(
      (value) => hear({ kind: 'here', value }),
      (error: unknown) => hear({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
    );
  }
}

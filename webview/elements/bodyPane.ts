import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import type { BodyInfo, ExchangeId } from '../../src/shared/exchange.ts';
import type { PanelBody } from '../../src/shared/panel.ts';
import type { PanelString } from '../../src/shared/panelStrings.ts';
import { modesOf, viewBody } from '../body/bodyView.ts';
import type { BodyMode, BodyView, StreamFacts } from '../body/bodyView.ts';
import { findLine, jsonPath } from '../body/jsonPath.ts';
import type { Line } from '../body/lines.ts';
import { formatBytes, formatCount } from '../format.ts';
import type { BodySide, Loaded } from '../model/detailModel.ts';
import { t } from '../strings.ts';
import { bodyStyles } from './bodyStyles.ts';
import { CodeLines } from './codeLines.ts';
import { copyButton } from './copyButton.ts';
import { icon, iconButton } from './icon.ts';
import { ModelElement } from './modelElement.ts';
import { sharedStyles } from './styles.ts';

/** A body: what it is, what is missing of it, and its content as the viewer for its kind shows it. */
export class BodyPane extends ModelElement {
  static override styles: CSSResultGroup = [sharedStyles, bodyStyles];
  static override properties: PropertyDeclarations = {
    ...ModelElement.properties,
    side: { attribute: false },
    info: { attribute: false },
    body: { attribute: false },
    growing: { attribute: false },
    socket: { attribute: false },
    stream: { attribute: false },
    mode: { state: true },
    closed: { state: true },
  };

  declare side: BodySide;
  declare info: BodyInfo;
  declare body: Loaded<PanelBody | null>;
  declare growing: boolean;
  declare socket: boolean;
  /** Null where it is not known when its pieces came. */
  declare stream: StreamFacts | null;
  declare mode: BodyMode;
  #modes: readonly BodyMode[] = [];
  #cursor = 0;
  declare closed: ReadonlySet<number>;
  #view: BodyView = { kind: 'empty' };
  #viewOf: PanelBody | null = null;
  #sentOf: PanelBody | null | undefined;
  #viewId: ExchangeId | null = null;
  #picture: string | null = null;

  constructor() {
    super();
    this.socket = false;
    this.stream = null;
    this.mode = 'pretty';
    this.closed = new Set();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#dropPicture();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const body = this.body.kind === 'here' ? this.body.value : null;
    const isSame = body === this.#viewOf && this.stream?.sent === this.#sentOf;
    if (isSame && !changed.has('mode')) return;
    const before = this.#viewId === this.model.detail.id && !changed.has('mode') ? this.#view : null;
    this.#viewOf = body;
    this.#sentOf = this.stream?.sent;
    this.#viewId = this.model.detail.id;
    this.#modes = body === null ? [] : modesOf(body, this.socket);
    this.#view = body === null ? { kind: 'empty' } : viewBody(body, this.#mode, this.socket, this.stream);
    this.closed = this.#foldsAfter(before);
    this.#dropPicture();
  }

  /** What a person chose, where this body can be looked at so. */
  get #mode(): BodyMode {
    return this.#modes.includes(this.mode) ? this.mode : (this.#modes[0] ?? 'raw');
  }

  /** What a person folded in a body that has grown since stays so; lines that are new are as they are at first. */
  #foldsAfter(before: BodyView | null): ReadonlySet<number> {
    const view = this.#view;
    if (view.kind !== 'lines') return new Set();
    if (before?.kind !== 'lines' || before.form !== view.form) return new Set(view.closed);
    return new Set([...this.closed, ...view.closed.filter((line) => line >= before.lines.length)]);
  }

  protected override render(): TemplateResult {
    return html`<div class="bar">
        <h3>${t('body')}</h3>
        <span class="faint about">${this.#about()}</span>
        ${this.#tools()}
      </div>
      ${this.#warnings()} ${this.#content()}`;
  }

  #about(): string {
    const { contentType, size, encoding } = this.info;
    const view = this.#view;
    const count =
      view.kind === 'lines' && (view.form === 'events' || view.form === 'frames')
        ? t(view.form === 'events' ? 'events' : 'frames', formatCount(view.count))
        : view.kind === 'lines' && view.form === 'bytes'
          ? t('binary', formatBytes(view.count))
          : null;
    const bytes = encoding === null ? formatBytes(size) : t('compressed', formatBytes(size), encoding);
    return [contentType, size === 0 ? null : bytes, count].filter((part) => part !== null).join(' · ');
  }

  #tools(): TemplateResult | typeof nothing {
    const view = this.#view;
    const body = this.#viewOf;
    if (body === null || view.kind === 'empty') return nothing;
    const folds = view.kind === 'lines' && view.lines.some(({ end }) => end !== null);
    const all = (): readonly number[] =>
      view.kind === 'lines'
        ? view.lines.flatMap(({ end, depth }, index) =>
            end !== null && (depth > 0 || view.form === 'events' || view.form === 'frames') ? [index] : [],
          )
        : [];
    return html`<div class="tools">
      ${
        this.#modes.length < 2
          ? nothing
          : html`<div class="switch" role="group" aria-label=${t('body')}>
              ${this.#modes.map(
                (mode) =>
                  html`<button
                    type="button"
                    aria-pressed=${String(this.#mode === mode)}
                    @click=${() => (this.mode = mode)}
                  >
                    ${t(modeNames[mode])}
                  </button>`,
              )}
            </div>`
      }
      ${
        folds
          ? html`${iconButton('foldUp', t('foldAll'), () => (this.closed = new Set(all())))}
            ${iconButton('foldDown', t('unfoldAll'), () => (this.closed = new Set()))}`
          : nothing
      }
      ${view.kind === 'lines' && view.form !== 'bytes' ? this.#search(view.lines) : nothing}
      ${
        view.kind === 'lines' && view.form === 'json'
          ? copyButton(this.model, `${this.side}-path`, t('copyPath'), () => jsonPath(view.lines, this.#cursor))
          : nothing
      }
      ${
        this.side === 'request' || this.side === 'response'
          ? [
              iconButton('openInEditor', t('openBody'), () => this.#act('open')),
              iconButton('save', t('saveBody'), () => this.#act('save')),
            ]
          : nothing
      }
      ${copyButton(this.model, `${this.side}-body`, t('copyBody'), () => body.text ?? body.base64 ?? '')}
    </div>`;
  }

  #search(lines: readonly Line[]): TemplateResult {
    return html`<input
      type="search"
      class="find"
      aria-label=${t('findInBody')}
      placeholder=${t('findInBody')}
      title=${t('findInBodyTitle')}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key !== 'Enter' || !(event.target instanceof HTMLInputElement) || event.target.value === '') return;
        event.preventDefault();
        event.stopPropagation();
        const found = findLine(lines, event.target.value, this.#cursor, event.shiftKey ? -1 : 1);
        event.target.setAttribute('aria-invalid', String(found < 0));
        if (found >= 0) void this.#reveal(lines, found);
      }}
    />`;
  }

  /** Unfolds what hides a line, and scrolls to it. */
  async #reveal(lines: readonly Line[], index: number): Promise<void> {
    this.closed = new Set([...this.closed].filter((start) => start >= index || (lines[start]?.end ?? -1) < index));
    await this.updateComplete;
    const shown = this.renderRoot.querySelector('tollgate-lines');
    if (shown instanceof CodeLines) await shown.reveal(index);
  }

  #act(what: 'open' | 'save'): void {
    const { id } = this.model.detail;
    if (id === null) return;
    const side = this.side === 'request' ? 'RequestBody' : 'ResponseBody';
    this.model.run(() => this.model.api.act(id, `${what}${side}`));
  }

  #warnings(): TemplateResult | typeof nothing {
    const { onDisk, size, truncated, encoding } = this.info;
    const stored = onDisk ?? this.info.stored;
    const shown = onDisk !== undefined && this.#viewOf?.truncated === true ? this.info.stored : null;
    const error = this.#viewOf?.decodeError ?? null;
    const cut =
      encoding === null
        ? t('keptOf', formatBytes(stored), formatBytes(size))
        : t('keptCompressed', formatBytes(stored), formatBytes(size));
    return html`${truncated ? html`<p class="warning">${icon('warning')} ${cut}</p>` : nothing}
    ${
      shown === null || onDisk === undefined || truncated
        ? nothing
        : html`<p class="faint shown">${icon('info')} ${t('shownOf', formatBytes(shown), formatBytes(onDisk))}</p>`
    }
    ${error === null ? nothing : html`<p class="warning">${icon('warning')} ${t('decodeError', error)}</p>`}
    ${this.growing && /response/i.test(this.side) ? html`<p class="faint">${icon('loading', true)} ${t('stillGrowing')} ${formatBytes(size)}</p>` : nothing}`;
  }

  #content(): TemplateResult {
    if (this.body.kind === 'loading') return html`<p class="faint soon">${t('rowLoading')}</p>`;
    if (this.body.kind === 'failed') return html`<p class="tone-error" role="alert">${this.body.message}</p>`;
    const view = this.#view;
    switch (view.kind) {
      case 'empty':
        return html`<p class="faint">${t('noBody')}</p>`;
      case 'image':
        this.#picture ??= URL.createObjectURL(new Blob([view.bytes], { type: view.type }));
        return html`<img src=${this.#picture} alt=${t('imageAlt')} />`;
      case 'page':
        // Without scripts, forms or anything from elsewhere: the page's own policy holds in it as well.
        return html`<iframe sandbox="" title=${t('modePage')} .srcdoc=${view.html}></iframe>`;
      case 'lines':
        return html`<tollgate-lines
          .lines=${view.lines}
          .closed=${this.closed}
          .numbered=${view.form === 'text'}
          .label=${t('body')}
          @cursor=${(event: CustomEvent<number>) => (this.#cursor = event.detail)}
          @copyvalue=${(event: CustomEvent<number>) => this.#copyLine(event.detail, false)}
          @copypath=${(event: CustomEvent<number>) => this.#copyLine(event.detail, true)}
          @fold=${(event: CustomEvent<number>) => this.#toggle(event.detail)}
        ></tollgate-lines>`;
    }
  }

  #copyLine(index: number, asPath: boolean): void {
    const view = this.#view;
    if (view.kind !== 'lines') return;
    this.model.clip.copy(`${this.side}-line`, () =>
      asPath && view.form === 'json'
        ? jsonPath(view.lines, index)
        : (view.lines[index]?.tokens.map(({ text }) => text).join('') ?? ''),
    );
  }

  #toggle(line: number): void {
    const closed = new Set(this.closed);
    if (!closed.delete(line)) closed.add(line);
    this.closed = closed;
  }

  #dropPicture(): void {
    if (this.#picture !== null) URL.revokeObjectURL(this.#picture);
    this.#picture = null;
  }
}

const modeNames: Readonly<Record<BodyMode, PanelString>> = {
  pretty: 'pretty',
  raw: 'raw',
  said: 'modeSaid',
  page: 'modePage',
  hex: 'modeHex',
};

customElements.define('tollgate-body', BodyPane);

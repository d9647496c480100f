import { html, nothing } from 'lit';
import type { CSSResultGroup, PropertyDeclarations, PropertyValues, TemplateResult } from 'lit';
import type { BodyInfo, ExchangeId } from '../../src/shared/exchange.ts';
import type { PanelBody } from '../../src/shared/panel.ts';
import type { Side } from '../../src/shared/protocol.ts';
import { viewBody } from '../body/bodyView.ts';
import type { BodyView } from '../body/bodyView.ts';
import { formatBytes, formatCount } from '../format.ts';
import type { Loaded } from '../model/detailModel.ts';
import { t } from '../strings.ts';
import { bodyStyles } from './bodyStyles.ts';
import './codeLines.ts';
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
    raw: { state: true },
    closed: { state: true },
  };

  declare side: Side;
  declare info: BodyInfo;
  declare body: Loaded<PanelBody | null>;
  declare growing: boolean;
  declare raw: boolean;
  declare closed: ReadonlySet<number>;
  #view: BodyView = { kind: 'empty' };
  #viewOf: PanelBody | null = null;
  #viewId: ExchangeId | null = null;
  #picture: string | null = null;

  constructor() {
    super();
    this.raw = false;
    this.closed = new Set();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#dropPicture();
  }

  protected override willUpdate(changed: PropertyValues): void {
    super.willUpdate(changed);
    const body = this.body.kind === 'here' ? this.body.value : null;
    if (body === this.#viewOf && !changed.has('raw')) return;
    const before = this.#viewId === this.model.detail.id && !changed.has('raw') ? this.#view : null;
    this.#viewOf = body;
    this.#viewId = this.model.detail.id;
    this.#view = body === null ? { kind: 'empty' } : viewBody(body, this.raw);
    this.closed = this.#foldsAfter(before);
    this.#dropPicture();
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
      view.kind === 'lines' && view.form === 'events'
        ? t('events', formatCount(view.count))
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
            end !== null && (depth > 0 || view.form === 'events') ? [index] : [],
          )
        : [];
    const plainText = !this.raw && view.kind === 'lines' && (view.form === 'text' || view.form === 'bytes');
    return html`<div class="tools">
      ${
        plainText
          ? nothing
          : html`<div class="switch" role="group" aria-label=${t('body')}>
              ${[false, true].map(
                (raw) =>
                  html`<button type="button" aria-pressed=${String(this.raw === raw)} @click=${() => (this.raw = raw)}>
                    ${raw ? t('raw') : t('pretty')}
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
      ${copyButton(this.model, `${this.side}-body`, t('copyBody'), () => body.text ?? body.base64 ?? '')}
    </div>`;
  }

  #warnings(): TemplateResult | typeof nothing {
    const { stored, size, truncated, encoding } = this.info;
    const error = this.#viewOf?.decodeError ?? null;
    const cut =
      encoding === null
        ? t('keptOf', formatBytes(stored), formatBytes(size))
        : t('keptCompressed', formatBytes(stored), formatBytes(size));
    return html`${truncated ? html`<p class="warning">${icon('warning')} ${cut}</p>` : nothing}
    ${error === null ? nothing : html`<p class="warning">${icon('warning')} ${t('decodeError', error)}</p>`}
    ${this.growing && this.side === 'response' ? html`<p class="faint">${icon('loading', true)} ${t('stillGrowing')} ${formatBytes(size)}</p>` : nothing}`;
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
      case 'lines':
        return html`<tollgate-lines
          .lines=${view.lines}
          .closed=${this.closed}
          .numbered=${view.form === 'text'}
          .label=${t('body')}
          @fold=${(event: CustomEvent<number>) => this.#toggle(event.detail)}
        ></tollgate-lines>`;
    }
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

customElements.define('tollgate-body', BodyPane);

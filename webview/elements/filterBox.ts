import { css, html, nothing } from 'lit';
import type { CSSResultGroup, PropertyDeclarations, TemplateResult } from 'lit';
import { knownValues } from '../model/knownValues.ts';
import { suggestions } from '../model/suggestions.ts';
import type { Suggestion } from '../model/suggestions.ts';
import { t } from '../strings.ts';
import { icon, iconButton } from './icon.ts';
import { ModelElement } from './modelElement.ts';
import { sharedStyles } from './styles.ts';

const typingPause = 150;

/** The filter: an input with completion, and what is wrong with it below. Fires `leave` when the list is wanted. */
export class FilterBox extends ModelElement {
  static override styles: CSSResultGroup = [
    sharedStyles,
    css`
      :host {
        display: block;
        position: relative;
      }
      .box {
        align-items: center;
        background: var(--vscode-input-background);
        border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
        border-radius: 4px;
        display: flex;
        height: 26px;
        padding-inline: 6px 1px;
      }
      .box:focus-within {
        border-color: var(--vscode-focusBorder);
      }
      .box.wrong {
        border-color: var(--vscode-inputValidation-errorBorder);
      }
      .box > .icon {
        color: var(--vscode-descriptionForeground);
        flex: none;
      }
      input {
        background: none;
        border: 0;
        color: var(--vscode-input-foreground);
        flex: 1;
        font: inherit;
        height: 100%;
        min-width: 0;
        outline: none;
        padding: 0 6px;
      }
      input::placeholder {
        color: var(--vscode-input-placeholderForeground);
      }
      .below {
        border: 1px solid;
        border-radius: 4px;
        inset-inline: 0;
        position: absolute;
        top: 28px;
        z-index: 5;
      }
      .problem {
        background: var(--vscode-inputValidation-errorBackground);
        border-color: var(--vscode-inputValidation-errorBorder);
        color: var(--vscode-inputValidation-errorForeground, inherit);
        padding: 4px 8px;
      }
      .problem pre {
        color: inherit;
        font-family: var(--vscode-editor-font-family);
        margin: 2px 0 0;
        overflow: hidden;
        white-space: pre;
      }
      [role='listbox'] {
        background: var(--vscode-editorSuggestWidget-background, var(--vscode-editor-background));
        border-color: var(--vscode-editorSuggestWidget-border, var(--vscode-contrastBorder));
        box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
        list-style: none;
        margin: 0;
        max-width: 620px;
        padding: 2px;
      }
      [role='option'] {
        border-radius: 3px;
        cursor: pointer;
        display: flex;
        gap: 12px;
        line-height: 22px;
        padding: 0 8px;
      }
      [role='option'] .faint {
        flex: 1;
        overflow: hidden;
        text-align: end;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      [role='option']:hover {
        background: var(--vscode-list-hoverBackground);
      }
      [role='option'][aria-selected='true'] {
        background: var(--vscode-editorSuggestWidget-selectedBackground, var(--vscode-list-activeSelectionBackground));
        color: var(--vscode-editorSuggestWidget-selectedForeground, var(--vscode-list-activeSelectionForeground));
        outline: 1px solid var(--vscode-contrastActiveBorder, transparent);
        outline-offset: -1px;
      }
      [role='option'][aria-selected='true'] .faint {
        color: inherit;
      }
    `,
  ];
  static override properties: PropertyDeclarations = {
    ...ModelElement.properties,
    offered: { state: true },
    chosen: { state: true },
  };

  declare offered: readonly Suggestion[];
  declare chosen: number;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor() {
    super();
    this.offered = [];
    this.chosen = -1;
  }

  override focus(): void {
    this.#input?.focus();
    this.#input?.select();
  }

  get #input(): HTMLInputElement | null {
    return this.renderRoot.querySelector('input');
  }

  protected override render(): TemplateResult {
    const { problem, state } = this.model;
    return html`<div class=${problem === null ? 'box' : 'box wrong'}>
        ${icon('filter')}
        <input
          type="text"
          role="combobox"
          spellcheck="false"
          autocomplete="off"
          aria-label=${t('filterLabel')}
          aria-invalid=${String(problem !== null)}
          aria-describedby="problem"
          aria-autocomplete="list"
          aria-expanded=${String(this.offered.length > 0)}
          aria-controls="offered"
          aria-activedescendant=${this.chosen >= 0 ? `offered-${this.chosen}` : nothing}
          placeholder=${t('filterPlaceholder')}
          .value=${state.filter}
          @input=${this.#typed}
          @keydown=${this.#onKey}
          @blur=${this.#withdraw}
        />
        ${state.filter === '' ? nothing : iconButton('close', t('filterClear'), () => this.#apply(''))}
      </div>
      ${this.offered.length > 0 ? this.#list() : nothing}
      <div id="problem" role="alert">
        ${
          problem === null || this.offered.length > 0
            ? nothing
            : html`<div class="below problem">
                ${problem.message}
                <pre aria-hidden="true">${state.filter}${'\n'}${' '.repeat(problem.position)}^</pre>
              </div>`
        }
      </div>`;
  }

  #list(): TemplateResult {
    return html`<ul class="below" id="offered" role="listbox" aria-label=${t('suggestions')}>
      ${this.offered.map(
        (one, index) =>
          html`<li
            id=${`offered-${index}`}
            role="option"
            aria-selected=${String(index === this.chosen)}
            @pointerdown=${(event: Event) => {
              event.preventDefault();
              this.#take(one);
            }}
          >
            <span>${one.label}</span><span class="faint">${one.help}</span>
          </li>`,
      )}
    </ul>`;
  }

  #typed(): void {
    const input = this.#input;
    if (input === null) return;
    this.offered = suggestions(input.value, input.selectionStart ?? input.value.length, knownValues(this.model.rows));
    this.chosen = -1;
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.model.setFilter(input.value), typingPause);
  }

  #apply(text: string): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#withdraw();
    void this.model.setFilter(text);
  }

  #take({ text, caret }: Suggestion): void {
    const input = this.#input;
    if (input === null) return;
    input.value = text;
    input.setSelectionRange(caret, caret);
    this.#typed();
  }

  #withdraw(): void {
    this.offered = [];
    this.chosen = -1;
  }

  #onKey(event: KeyboardEvent): void {
    const count = this.offered.length;
    const chosen = this.offered[this.chosen];
    if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && count > 0) {
      const step = event.key === 'ArrowDown' ? 1 : -1;
      this.chosen = (this.chosen + step + (this.chosen < 0 && step < 0 ? 1 : 0) + count) % count;
    } else if ((event.key === 'Enter' || event.key === 'Tab') && chosen !== undefined) this.#take(chosen);
    else if (event.key === 'Enter') {
      this.#apply(this.#input?.value ?? '');
      this.dispatchEvent(new CustomEvent('leave'));
    } else if (event.key === 'ArrowDown') this.dispatchEvent(new CustomEvent('leave'));
    else if (event.key === 'Escape' && count > 0) this.#withdraw();
    else if (event.key === 'Escape') this.dispatchEvent(new CustomEvent('leave'));
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

customElements.define('tollgate-filter', FilterBox);

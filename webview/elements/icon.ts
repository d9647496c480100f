import { html } from 'lit';
import type { TemplateResult } from 'lit';

/** Code points in the Codicon font, whose stylesheet the page loads; its classes do not reach into shadow roots. */
const glyphs = {
  account: 'eb99',
  beaker: 'ea79',
  check: 'eab2',
  chevronDown: 'eab4',
  chevronRight: 'eab6',
  chevronUp: 'eab7',
  clearAll: 'eabf',
  close: 'ea76',
  copy: 'ebcc',
  debugPause: 'ead1',
  debugStart: 'ead3',
  diff: 'eae1',
  edit: 'ea73',
  error: 'ea87',
  export: 'ebac',
  filter: 'eaf1',
  folderOpened: 'eaf7',
  foldDown: 'eaf3',
  foldUp: 'eaf4',
  goToFile: 'ea94',
  info: 'ea74',
  gear: 'eb51',
  groupByRefType: 'eb97',
  inbox: 'eb09',
  arrowUp: 'eaa1',
  linkExternal: 'eb14',
  loading: 'eb19',
  openInEditor: 'ea94',
  passFilled: 'ebb3',
  plug: 'eb2d',
  question: 'eb32',
  redo: 'ebb0',
  save: 'eb4b',
  saveAs: 'eb4a',
  star: 'eb59',
  swap: 'ebcb',
  trash: 'ea81',
  report: 'eb42',
  terminal: 'ea85',
  warning: 'ea6c',
} as const;

/** The name of an icon. */
export type Icon = keyof typeof glyphs;

/** An icon that says nothing to screen readers: what it stands for is in the text beside it, or on its button. */
export function icon(name: Icon, spins = false): TemplateResult {
  return html`<span class=${spins ? 'icon spins' : 'icon'} aria-hidden="true"
    >${String.fromCodePoint(parseInt(glyphs[name], 16))}</span
  >`;
}

/** A button that shows only an icon; the label is its name and its tooltip. */
export function iconButton(
  name: Icon,
  label: string,
  onClick: (event: Event) => void,
  options: { readonly pressed?: boolean; readonly disabled?: boolean; readonly spins?: boolean } = {},
): TemplateResult {
  return html`<button
    class="icon-button"
    type="button"
    title=${label}
    aria-label=${label}
    aria-pressed=${options.pressed === undefined ? 'undefined' : String(options.pressed)}
    ?disabled=${options.disabled ?? false}
    @click=${onClick}
  >
    ${icon(name, options.spins ?? false)}
  </button>`;
}

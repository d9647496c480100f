import { css } from 'lit';

/** The panel's frame: toolbar, banners, list and details. */
export const logStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  .toolbar {
    align-items: center;
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    display: flex;
    flex: none;
    flex-wrap: wrap;
    gap: 6px 10px;
    padding: 5px 10px;
  }
  .session {
    align-items: baseline;
    background: var(--vscode-textBlockQuote-background);
    border-bottom: 1px solid var(--vscode-contrastBorder, transparent);
    display: flex;
    flex: none;
    gap: 14px;
    padding: 3px 12px;
  }
  .session details {
    flex: 1;
  }
  .session > span {
    overflow-wrap: anywhere;
  }
  .session .icon-button {
    margin-inline-start: auto;
  }
  .session summary {
    cursor: pointer;
  }
  .session ul {
    margin: 2px 0;
    padding-inline-start: 18px;
  }
  .views {
    display: flex;
    gap: 2px;
  }
  .view {
    background: none;
    border: 0;
    border-bottom: 2px solid transparent;
    color: var(--vscode-panelTitle-inactiveForeground, var(--vscode-foreground));
    cursor: pointer;
    font: inherit;
    line-height: 22px;
    padding: 0 8px;
  }
  .view[aria-selected='true'] {
    border-bottom-color: var(--vscode-panelTitle-activeBorder, currentcolor);
    color: var(--vscode-panelTitle-activeForeground, var(--vscode-foreground));
  }
  tollgate-filter {
    flex: 1 1 280px;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 4px;
  }
  .chip {
    background: none;
    border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, currentcolor));
    border-radius: 11px;
    color: var(--vscode-foreground);
    cursor: pointer;
    font: inherit;
    font-size: 12px;
    line-height: 18px;
    max-width: 180px;
    overflow: hidden;
    padding: 0 9px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .chip:hover {
    background: var(--vscode-toolbar-hoverBackground);
  }
  .chip[aria-pressed='true'] {
    background: var(--vscode-inputOption-activeBackground);
    border-color: var(--vscode-inputOption-activeBorder, currentcolor);
    /* Only high contrast has this colour, and all its borders are alike. */
    box-shadow: inset 0 0 0 1px var(--vscode-contrastActiveBorder, transparent);
    color: var(--vscode-inputOption-activeForeground);
  }
  .count {
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .actions {
    display: flex;
    gap: 2px;
  }
  select.group {
    background: var(--vscode-dropdown-background, var(--vscode-input-background));
    border: 1px solid
      var(--vscode-dropdown-border, var(--vscode-panel-border, var(--vscode-contrastBorder, currentcolor)));
    border-radius: 4px;
    color: var(--vscode-dropdown-foreground, var(--vscode-foreground));
    font: inherit;
    font-size: 12px;
    height: 22px;
  }
  /* At the end also in a second line: what its menus unfold has room there, in the narrowest panel too. */
  .toolbar > .actions {
    margin-inline-start: auto;
    position: relative;
  }
  .menu > summary {
    list-style: none;
  }
  .sheet {
    background: var(--vscode-editorSuggestWidget-background, var(--vscode-editor-background));
    border: 1px solid var(--vscode-editorSuggestWidget-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
    inset-inline-end: 0;
    max-height: 60vh;
    max-width: calc(100vw - 20px);
    min-width: 220px;
    overflow: auto;
    padding: 8px 10px;
    position: absolute;
    top: 26px;
    z-index: 6;
  }
  .sheet h3 {
    font-size: 12px;
    margin: 0 0 4px;
  }
  .choice {
    align-items: center;
    display: flex;
    gap: 4px;
    min-height: 24px;
    white-space: nowrap;
  }
  .choice label,
  .choice .link {
    flex: 1;
  }
  .choice .mono {
    max-width: 240px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .groups {
    height: 100%;
    overflow: auto;
  }
  .groups table {
    border-collapse: collapse;
    width: 100%;
  }
  .groups :is(th, td) {
    font-weight: normal;
    padding: 2px 12px;
    text-align: start;
    white-space: nowrap;
  }
  .groups :is(th, td).end {
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .groups thead th {
    background: var(--vscode-editor-background);
    color: var(--vscode-descriptionForeground);
    font-size: 11px;
    position: sticky;
    top: 0;
  }
  .groups tbody tr:hover {
    background: var(--vscode-list-hoverBackground);
  }
  .banner {
    align-items: center;
    background: var(--vscode-inputValidation-warningBackground);
    border-bottom: 1px solid var(--vscode-inputValidation-warningBorder);
    color: var(--vscode-inputValidation-warningForeground, inherit);
    display: flex;
    flex: none;
    gap: 8px;
    padding: 5px 10px;
  }
  /* A gateway that starts, or starts again after a crash, is there within a second or two. */
  .banner.stopped {
    animation: appear 0s 2s both;
  }
  .banner.error {
    background: var(--vscode-inputValidation-errorBackground);
    border-color: var(--vscode-inputValidation-errorBorder);
    color: var(--vscode-inputValidation-errorForeground, inherit);
  }
  .banner > span:nth-of-type(2) {
    flex: 1;
  }
  .main {
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
    min-width: 0;
  }
  .main.side {
    flex-direction: row;
  }
  .list {
    flex: 1;
    min-height: 0;
    min-width: 0;
    position: relative;
  }
  .splitter {
    background: var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    flex: none;
    height: 1px;
    outline: none;
    position: relative;
    touch-action: none;
    z-index: 3;
  }
  .side > .splitter {
    height: auto;
    width: 1px;
  }
  .splitter::after {
    content: '';
    cursor: row-resize;
    inset: -3px 0;
    position: absolute;
  }
  .side > .splitter::after {
    cursor: col-resize;
    inset: 0 -3px;
  }
  .splitter:is(:hover, :active, :focus-visible)::after {
    background: var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
    inset: -1px 0;
  }
  .side > .splitter:is(:hover, :active, :focus-visible)::after {
    inset: 0 -1px;
  }
  tollgate-detail {
    flex: 0 0 var(--share);
    min-height: 0;
    min-width: 0;
  }
  .empty {
    align-items: center;
    display: flex;
    flex-direction: column;
    inset: 24px 0 0;
    justify-content: center;
    padding: 20px;
    pointer-events: none;
    position: absolute;
    text-align: center;
  }
  .empty > * {
    pointer-events: auto;
  }
  .empty .icon {
    color: var(--vscode-descriptionForeground);
    font-size: 36px;
  }
  .empty h2 {
    font-size: 1.2em;
    font-weight: 600;
    margin: 12px 0 4px;
  }
  .empty p {
    color: var(--vscode-descriptionForeground);
    margin: 0 0 14px;
    max-width: 46ch;
  }
`;

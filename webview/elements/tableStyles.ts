import { css } from 'lit';

/** The list of calls, as VS Code's own lists look. */
export const tableStyles = css`
  :host {
    display: block;
    height: 100%;
    min-height: 0;
    overflow: hidden;
    position: relative;
  }
  .scroller {
    height: 100%;
    overflow: auto;
    overflow-anchor: none;
    outline: none;
    position: relative;
  }
  .head,
  .row {
    display: grid;
    grid-template-columns: var(--columns);
    min-width: var(--least);
  }
  .head {
    background: var(--vscode-editor-background);
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    color: var(--vscode-descriptionForeground);
    font-size: 11px;
    height: 24px;
    line-height: 23px;
    position: sticky;
    top: 0;
    z-index: 1;
  }
  .head .cell {
    overflow: visible;
    position: relative;
    user-select: none;
  }
  .sort {
    background: none;
    border: 0;
    color: inherit;
    cursor: pointer;
    font: inherit;
    max-width: 100%;
    overflow: hidden;
    padding: 0;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .sort:hover {
    color: var(--vscode-foreground);
  }
  .sort:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
  }
  .sort .icon {
    font-size: 12px;
    margin-inline-start: 2px;
    vertical-align: middle;
  }
  .edge {
    bottom: 0;
    cursor: col-resize;
    inset-inline-end: -4px;
    position: absolute;
    top: 0;
    touch-action: none;
    width: 9px;
    z-index: 1;
  }
  .edge::after {
    background: var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    bottom: 5px;
    content: '';
    inset-inline-start: 4px;
    position: absolute;
    top: 5px;
    width: 1px;
  }
  .edge:hover::after,
  .edge:active::after {
    background: var(--vscode-sash-hoverBorder, var(--vscode-focusBorder));
    bottom: 0;
    inset-inline-start: 3px;
    top: 0;
    width: 3px;
  }
  .space {
    position: relative;
  }
  .row {
    /* Nothing of a row depends on another: painting each by itself is half the work of a frame. */
    contain: strict;
    cursor: pointer;
    height: 22px;
    inset-inline: 0;
    line-height: 22px;
    position: absolute;
    /* Kerning of what flies past nobody sees; shaping is a good part of a frame. */
    text-rendering: optimizeSpeed;
  }
  .row:hover {
    background: var(--vscode-list-hoverBackground);
    color: var(--vscode-list-hoverForeground, inherit);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .row.selected {
    background: var(--vscode-list-inactiveSelectionBackground);
    color: var(--vscode-list-inactiveSelectionForeground, inherit);
    outline: 1px dotted var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .scroller:focus .row.selected {
    background: var(--vscode-list-activeSelectionBackground);
    color: var(--vscode-list-activeSelectionForeground, inherit);
    outline: 1px solid var(--vscode-list-focusAndSelectionOutline, var(--vscode-focusBorder));
  }
  /* On the selection's own colour only its own text colour is sure to be legible. */
  .row.selected :is(.host, .number, .time, .line, .size, .duration, .cost, .model, .tone-muted),
  .scroller:focus .row.selected :is([class*='tone-'], [class*='tone-'] .icon) {
    color: inherit;
  }
  .scroller:focus-visible:not(:has(.selected)) {
    box-shadow: inset 0 0 0 1px var(--vscode-focusBorder);
  }
  .cell {
    min-width: 0;
    overflow: hidden;
    padding: 0 8px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .end {
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  .number,
  .time,
  .line,
  .duration,
  .cost,
  .model,
  .size {
    color: var(--vscode-descriptionForeground);
  }
  .time {
    font-variant-numeric: tabular-nums;
  }
  .host {
    color: var(--vscode-descriptionForeground);
  }
  .url .icon {
    font-size: 13px;
    margin-inline-end: 4px;
    vertical-align: middle;
  }
  .status .icon {
    font-size: 14px;
    margin-inline-end: 2px;
    vertical-align: middle;
  }
  .badge {
    border: 1px solid currentcolor;
    border-radius: 9px;
    display: inline-block;
    font-size: 11px;
    line-height: 14px;
    max-width: 100%;
    overflow: hidden;
    padding: 0 7px;
    text-overflow: ellipsis;
    vertical-align: middle;
  }
  .pill {
    align-items: center;
    background: var(--vscode-button-background);
    border: 1px solid var(--vscode-contrastBorder, var(--vscode-button-border, transparent));
    border-radius: 12px;
    box-shadow: 0 2px 8px var(--vscode-widget-shadow, transparent);
    color: var(--vscode-button-foreground);
    cursor: pointer;
    display: flex;
    font: inherit;
    font-size: 12px;
    gap: 4px;
    inset-inline-start: 50%;
    line-height: 20px;
    padding: 1px 12px 1px 8px;
    position: absolute;
    top: 32px;
    transform: translateX(-50%);
    z-index: 2;
  }
  .pill:hover {
    background: var(--vscode-button-hoverBackground);
  }
`;

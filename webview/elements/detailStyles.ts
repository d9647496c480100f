import { css } from 'lit';

/** The detail pane: head, tabs, cards, tables. */
export const detailStyles = css`
  .headers {
    position: relative;
  }
  .beside {
    inset-inline-end: 0;
    position: absolute;
    top: 0;
  }
  :host {
    display: block;
    height: 100%;
    overflow: hidden;
  }
  section[aria-label] {
    display: flex;
    flex-direction: column;
    height: 100%;
  }
  header {
    align-items: center;
    display: flex;
    flex: none;
    gap: 10px;
    padding: 5px 6px 3px 12px;
  }
  header h2 {
    flex: 1;
    font-size: inherit;
    font-weight: normal;
    margin: 0;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .method,
  .status {
    font-weight: 600;
    white-space: nowrap;
  }
  .actions {
    display: flex;
    gap: 2px;
  }
  vscode-tabs {
    --vscode-panel-background: transparent;
    display: flex;
    flex: 1;
    flex-direction: column;
    min-height: 0;
  }
  vscode-tab-panel {
    background: none;
    flex: 1;
    min-height: 0;
    overflow: hidden;
  }
  .scroll {
    height: 100%;
    outline: none;
    overflow: auto;
    overflow-anchor: none;
  }
  .dot {
    background: currentcolor;
    border-radius: 50%;
    display: inline-block;
    height: 7px;
    margin-inline-start: 6px;
    vertical-align: middle;
    width: 7px;
  }
  .stages {
    display: grid;
    gap: 16px 24px;
    grid-template-columns: repeat(auto-fit, minmax(min(360px, 100%), 1fr));
  }
  .stages > section {
    min-width: 0;
  }
  .pad {
    padding: 10px 14px 20px;
  }
  p {
    margin: 0 0 8px;
  }
  .wrap {
    overflow-wrap: anywhere;
    white-space: pre-wrap;
  }
  h3 {
    font-size: inherit;
    font-weight: 600;
    margin: 0 0 6px;
  }
  h4 {
    color: var(--vscode-descriptionForeground);
    font-size: 11px;
    font-weight: 600;
    margin: 10px 0 4px;
    text-transform: uppercase;
  }
  .card {
    background: var(--vscode-textBlockQuote-background);
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-inline-start: 4px solid var(--vscode-editorError-foreground);
    border-radius: 3px;
    margin-bottom: 16px;
    padding: 10px 14px 8px;
  }
  .card.warning {
    border-inline-start-color: var(--vscode-editorWarning-foreground);
  }
  .card h3 {
    font-size: 1.1em;
  }
  .card h3 .icon {
    color: var(--vscode-editorError-foreground);
  }
  .card.warning h3 .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .sentence {
    line-height: 1.45;
  }
  .fixes {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
    margin: 10px 0;
  }
  .facts {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 20px;
  }
  .evidence {
    list-style: none;
    margin: 0 0 6px;
    padding: 0;
  }
  .evidence li {
    margin-bottom: 4px;
  }
  q {
    background: var(--vscode-textCodeBlock-background);
    border-radius: 3px;
    display: block;
    padding: 3px 6px;
    quotes: none;
  }
  dl {
    display: grid;
    gap: 5px 14px;
    grid-template-columns: minmax(90px, max-content) 1fr;
    margin: 0 0 16px;
  }
  dt {
    color: var(--vscode-descriptionForeground);
  }
  dd {
    margin: 0;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  dd .icon-button {
    height: 18px;
    vertical-align: middle;
  }
  .first {
    color: var(--vscode-descriptionForeground);
  }
  details {
    margin-bottom: 14px;
  }
  summary {
    align-items: center;
    cursor: pointer;
    display: flex;
    gap: 4px;
    list-style: none;
  }
  summary::before {
    content: '\\eab6';
    font: normal normal normal 16px/1 codicon;
  }
  details[open] > summary::before {
    content: '\\eab4';
  }
  summary h3 {
    margin: 0;
  }
  .attempts ol {
    margin: 0;
    padding-inline-start: 20px;
  }
  .attempts li {
    padding: 2px 0;
  }
  table {
    border-collapse: collapse;
    table-layout: fixed;
    width: 100%;
  }
  th {
    font-weight: normal;
    text-align: start;
    vertical-align: top;
  }
  details th {
    color: var(--vscode-debugTokenExpression-name);
    overflow-wrap: anywhere;
    padding: 0 10px 0 20px;
  }
  col.name {
    width: 32%;
  }
  col.act {
    width: 26px;
  }
  details td {
    padding: 0;
    vertical-align: top;
  }
  .act .icon-button {
    height: 18px;
    opacity: 0;
  }
  tr:hover .act .icon-button,
  .act .icon-button:focus-visible {
    opacity: 1;
  }
  tbody tr:hover {
    background: var(--vscode-list-hoverBackground);
  }
  .note {
    margin: 4px 0 0 20px;
  }
  .timing th,
  .timing td {
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    padding: 6px 8px;
    width: 190px;
  }
  .timing thead th {
    color: var(--vscode-descriptionForeground);
    font-size: 11px;
  }
  .timing .bars {
    position: relative;
    width: auto;
  }
  .timing .end {
    font-variant-numeric: tabular-nums;
    text-align: end;
    width: 110px;
  }
  .timing tfoot {
    font-weight: 600;
  }
  .timing tfoot th {
    font-weight: 600;
  }
  .bar {
    background: var(--vscode-charts-blue);
    border: 1px solid var(--vscode-contrastBorder, transparent);
    border-radius: 2px;
    height: 10px;
    min-width: 2px;
    position: absolute;
    top: calc(50% - 5px);
  }
  .bar.queue {
    background: var(--vscode-descriptionForeground);
  }
  .bar.connect {
    background: var(--vscode-charts-orange);
  }
  .bar.tls {
    background: var(--vscode-charts-purple);
  }
  .bar.firstByte {
    background: var(--vscode-charts-green);
  }
`;

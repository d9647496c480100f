import { css } from 'lit';

const tables = css`
  table {
    border-collapse: collapse;
  }
  th {
    font-weight: normal;
    text-align: start;
  }
  thead th {
    color: var(--vscode-descriptionForeground);
    font-size: 11px;
    font-weight: 600;
  }
  th,
  td {
    padding: 2px 16px 2px 0;
    white-space: nowrap;
  }
  .end {
    font-variant-numeric: tabular-nums;
    text-align: end;
  }
  tbody tr:hover {
    background: var(--vscode-list-hoverBackground);
  }
`;

/** One chart with its legend and table. uPlot's own rules are among them, as far as its parts are used. */
export const chartStyles = [
  tables,
  css`
    :host {
      display: block;
      min-width: 0;
    }
    h3 {
      align-items: baseline;
      display: flex;
      font-size: inherit;
      font-weight: 600;
      gap: 10px;
      margin: 0 0 2px;
    }
    .sum {
      font-variant-numeric: tabular-nums;
    }
    h3 .faint {
      font-weight: normal;
    }
    .plot {
      cursor: crosshair;
      height: 170px;
      outline: none;
      overflow: hidden;
    }
    .plot:focus-visible {
      outline: 1px solid var(--vscode-focusBorder);
    }
    .uplot,
    .u-wrap {
      position: relative;
      user-select: none;
    }
    .u-over,
    .u-under,
    .u-axis,
    .u-cursor-x,
    .u-select {
      position: absolute;
    }
    canvas {
      display: block;
      height: 100%;
      position: relative;
      width: 100%;
    }
    .u-cursor-x {
      border-inline-start: 1px solid var(--vscode-foreground);
      height: 100%;
      left: 0;
      pointer-events: none;
      top: 0;
    }
    .u-select {
      background: var(--vscode-editor-selectionBackground, var(--vscode-list-inactiveSelectionBackground));
      /* A border would be a dot where nothing is selected. */
      box-shadow: inset 0 0 0 1px var(--vscode-contrastActiveBorder, transparent);
      opacity: 0.5;
      pointer-events: none;
    }
    .u-off {
      display: none;
    }
    .legend {
      display: flex;
      flex-wrap: wrap;
      gap: 2px 16px;
      list-style: none;
      margin: 4px 0 6px;
      min-height: 18px;
      padding: 0;
    }
    .legend li {
      align-items: center;
      display: flex;
      gap: 5px;
    }
    .legend .chosen {
      outline: 1px solid var(--vscode-focusBorder);
    }
    .legend b {
      font-variant-numeric: tabular-nums;
    }
    .swatch {
      background: var(--swatch);
      border: 1px solid var(--vscode-contrastBorder, transparent);
      display: inline-block;
      height: 10px;
      width: 10px;
    }
    .swatch.lines {
      border: 0;
      height: 3px;
      width: 14px;
    }
    .swatch.before {
      background: none;
      border: 0;
      border-top: 1px dashed currentcolor;
      height: 0;
      width: 14px;
    }
    .empty {
      margin: 4px 0 6px;
    }
    summary {
      color: var(--vscode-descriptionForeground);
      cursor: pointer;
      width: max-content;
    }
    .wide {
      max-height: 260px;
      overflow: auto;
    }
  `,
];

/** The whole of the trends. */
export const trendStyles = [
  tables,
  css`
    :host {
      display: block;
      flex: 1;
      min-height: 0;
      overflow: auto;
    }
    .charts {
      display: grid;
      gap: 18px 28px;
      grid-template-columns: repeat(auto-fit, minmax(min(440px, 100%), 1fr));
      padding: 12px 14px 20px;
    }
    h3 {
      font-size: inherit;
      font-weight: 600;
      margin: 0 0 6px;
    }
    p {
      padding: 0 14px;
    }
    .lines {
      min-width: 0;
      overflow-x: auto;
    }
  `,
];

import { css } from 'lit';

/** A body's own bar, its warnings and its pictures. */
export const bodyStyles = css`
  :host {
    display: block;
    margin-bottom: 14px;
  }
  .bar {
    align-items: center;
    display: flex;
    flex-wrap: wrap;
    gap: 2px 10px;
    margin-bottom: 6px;
    min-height: 24px;
  }
  h3 {
    font-size: inherit;
    font-weight: 600;
    margin: 0;
  }
  .about {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .tools {
    align-items: center;
    display: flex;
    gap: 2px;
  }
  .switch {
    border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    display: flex;
    margin-inline-end: 4px;
    overflow: hidden;
  }
  .switch button {
    background: none;
    border: 0;
    color: var(--vscode-foreground);
    cursor: pointer;
    font: inherit;
    font-size: 12px;
    line-height: 18px;
    padding: 0 8px;
  }
  .switch button[aria-pressed='true'] {
    background: var(--vscode-inputOption-activeBackground);
    box-shadow: inset 0 0 0 1px var(--vscode-inputOption-activeBorder, transparent);
    color: var(--vscode-inputOption-activeForeground);
  }
  @media (forced-colors: active) {
    .switch button[aria-pressed='true'] {
      background: Highlight;
      color: HighlightText;
    }
  }
  .find {
    background: var(--vscode-input-background);
    border: 1px solid var(--vscode-input-border, var(--vscode-contrastBorder, transparent));
    border-radius: 4px;
    color: var(--vscode-input-foreground);
    font: inherit;
    font-size: 12px;
    height: 20px;
    padding: 0 6px;
    width: 110px;
  }
  .find[aria-invalid='true'] {
    border-color: var(--vscode-inputValidation-errorBorder);
  }
  iframe {
    background: #fff;
    border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    height: 420px;
    width: 100%;
  }
  p {
    margin: 0 0 6px;
  }
  .warning {
    color: var(--vscode-foreground);
  }
  .warning .icon {
    color: var(--vscode-list-warningForeground);
  }
  img {
    background: repeating-conic-gradient(var(--vscode-textCodeBlock-background) 0 25%, transparent 0 50%) 0 0 / 16px
      16px;
    border: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    max-width: 100%;
  }
`;

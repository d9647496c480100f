import { css } from 'lit';

/** What all elements of the panel share: icons, icon buttons, links, tones, focus. Colours are VS Code's own. */
export const sharedStyles = css`
  :host {
    box-sizing: border-box;
    color: var(--vscode-foreground);
    font-family: var(--vscode-font-family);
    font-size: var(--vscode-font-size);
  }
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  .icon {
    display: inline-block;
    font: normal normal normal 16px/1 codicon;
    text-align: center;
    vertical-align: text-bottom;
    -webkit-font-smoothing: antialiased;
  }
  .spins {
    animation: spin 1.5s steps(30) infinite;
  }
  @keyframes spin {
    to {
      transform: rotate(360deg);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spins {
      animation: none;
    }
  }
  .icon-button {
    align-items: center;
    background: none;
    border: 1px solid transparent;
    border-radius: 5px;
    color: var(--vscode-icon-foreground, inherit);
    cursor: pointer;
    display: inline-flex;
    flex: none;
    height: 22px;
    justify-content: center;
    padding: 0;
    width: 22px;
  }
  .icon-button:hover {
    background: var(--vscode-toolbar-hoverBackground);
    outline: 1px dashed var(--vscode-contrastActiveBorder, transparent);
    outline-offset: -1px;
  }
  .icon-button:active {
    background: var(--vscode-toolbar-activeBackground);
  }
  .icon-button[aria-pressed='true'] {
    background: var(--vscode-inputOption-activeBackground);
    border-color: var(--vscode-inputOption-activeBorder, transparent);
    color: var(--vscode-inputOption-activeForeground);
  }
  .icon-button:disabled {
    cursor: default;
    opacity: 0.4;
  }
  button:focus-visible,
  summary:focus-visible,
  a:focus-visible {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .link {
    background: none;
    border: 0;
    color: var(--vscode-textLink-foreground);
    cursor: pointer;
    font: inherit;
    padding: 0;
    text-align: start;
  }
  .link:hover {
    color: var(--vscode-textLink-activeForeground);
    text-decoration: underline;
  }
  .faint {
    color: var(--vscode-descriptionForeground);
  }
  .mono {
    font-family: var(--vscode-editor-font-family);
    font-size: var(--vscode-editor-font-size);
  }
  /* The green of icons is too pale for text in some themes. */
  .tone-good .icon {
    color: var(--vscode-testing-iconPassed);
  }
  .tone-plain {
    color: var(--vscode-foreground);
  }
  .tone-warning {
    color: var(--vscode-list-warningForeground);
  }
  .tone-error {
    color: var(--vscode-list-errorForeground);
  }
  .tone-running {
    color: var(--vscode-textLink-foreground);
  }
  .tone-muted {
    color: var(--vscode-descriptionForeground);
  }
  .mark {
    border: 1px dashed var(--vscode-descriptionForeground);
    border-radius: 3px;
    color: var(--vscode-descriptionForeground);
    font-style: italic;
    padding: 0 2px;
  }
  .visually-hidden {
    clip-path: inset(50%);
    height: 1px;
    overflow: hidden;
    position: absolute;
    white-space: nowrap;
    width: 1px;
  }
  /* What is soon here is not announced first. */
  .soon {
    animation: appear 0s 250ms both;
  }
  @keyframes appear {
    from {
      visibility: hidden;
    }
  }
`;

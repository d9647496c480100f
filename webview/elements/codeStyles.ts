import { css } from 'lit';

/** Lines of code in the editor's own font, coloured as the debugger colours values. */
export const codeStyles = css`
  :host {
    color: var(--vscode-editor-foreground, var(--vscode-foreground));
    display: block;
    font-family: var(--vscode-editor-font-family);
    font-size: var(--vscode-editor-font-size);
    overflow: hidden;
    position: relative;
  }
  .probe {
    position: absolute;
    visibility: hidden;
    white-space: pre;
  }
  .space {
    outline: none;
  }
  .line {
    display: flex;
    height: 18px;
    line-height: 18px;
    white-space: pre;
  }
  .line > * {
    flex: none;
  }
  .space:focus-visible .cursor {
    outline: 1px solid var(--vscode-focusBorder);
    outline-offset: -1px;
  }
  .gutter {
    color: var(--vscode-editorLineNumber-foreground);
    display: inline-block;
    padding-inline-end: 1ch;
    text-align: end;
    user-select: none;
    width: var(--gutter);
  }
  .indent {
    display: inline-block;
  }
  .fold,
  .no-fold {
    display: inline-block;
    user-select: none;
    width: 2ch;
  }
  .fold {
    cursor: pointer;
  }
  .fold .icon {
    font-size: 14px;
    vertical-align: middle;
  }
  .key {
    color: var(--vscode-debugTokenExpression-name);
  }
  .string {
    color: var(--vscode-debugTokenExpression-string);
  }
  .number {
    color: var(--vscode-debugTokenExpression-number);
  }
  .keyword {
    color: var(--vscode-debugTokenExpression-boolean);
  }
  .punctuation,
  .faint {
    color: var(--vscode-descriptionForeground);
  }
`;

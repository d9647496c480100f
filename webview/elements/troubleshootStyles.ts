import { css } from 'lit';

/** The checklist: a rail with a mark for each step. */
export const troubleshootStyles = css`
  .outcome {
    align-items: center;
    display: flex;
    gap: 12px;
    justify-content: space-between;
    margin-bottom: 14px;
  }
  .outcome .sentence {
    font-weight: 600;
    margin: 0;
  }
  .outcome vscode-button {
    flex: none;
  }
  .outlook {
    line-height: 1.7;
    margin: 0 0 14px;
    padding-inline-start: 22px;
  }
  .steps {
    list-style: none;
    margin: 0;
    padding: 0;
  }
  .step {
    display: flex;
    gap: 12px;
    padding-bottom: 18px;
    position: relative;
  }
  .step:not(:last-child)::before {
    background: var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    content: '';
    inset-block: 22px 2px;
    inset-inline-start: 8px;
    position: absolute;
    width: 1px;
  }
  .mark-of-step {
    flex: none;
    line-height: 18px;
  }
  .mark-of-step .icon {
    font-size: 17px;
  }
  .mark-of-step.tone-warning .icon {
    color: var(--vscode-editorWarning-foreground);
  }
  .mark-of-step.tone-error .icon {
    color: var(--vscode-editorError-foreground);
  }
  .step-body {
    flex: 1;
    min-width: 0;
  }
  .step h3 {
    align-items: baseline;
    display: flex;
    gap: 6px;
    margin: 0 0 4px;
  }
  .step h3 .state {
    font-size: 0.9em;
    font-weight: normal;
    margin-inline-start: auto;
  }
  .step p {
    line-height: 1.45;
    margin: 0 0 3px;
    overflow-wrap: anywhere;
  }
  .step.running p {
    color: var(--vscode-descriptionForeground);
  }
  .step details {
    margin: 6px 0 0;
  }
  .step summary {
    color: var(--vscode-descriptionForeground);
    width: fit-content;
  }
  .step dl {
    margin: 6px 0 4px 20px;
  }
  .hours {
    border-bottom: 1px solid var(--vscode-panel-border, var(--vscode-contrastBorder, transparent));
    display: flex;
    gap: 2px;
    height: 42px;
    list-style: none;
    margin: 8px 0 4px;
    max-width: 420px;
    padding: 0;
  }
  .hours li {
    flex: 1;
    position: relative;
  }
  .hours li:hover {
    background: var(--vscode-list-hoverBackground);
  }
  .hours i {
    background: var(--vscode-charts-blue);
    bottom: 0;
    inset-inline: 0;
    min-height: 2px;
    position: absolute;
  }
  .hours .refused {
    background: var(--vscode-charts-red);
  }
  .leads-out {
    margin-inline-start: 5px;
  }
  .leads-out .icon {
    font-size: 14px;
  }
  .step .fixes {
    margin: 8px 0 0;
  }
`;

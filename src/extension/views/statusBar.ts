import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';

/** The status bar item: what the gateway does, how many calls it saw, how many findings are open. */
export function registerStatusBar({ home, gateway, traffic, pause }: Parts): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('tollgate.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Tollgate';
  const refresh = (): void => {
    const calls = traffic.apis.reduce((sum, api) => sum + api.calls, 0);
    const findings = traffic.findings.length;
    const simulating = traffic.apis.filter(({ simulation }) => simulation !== null).map(({ title }) => title);
    const { state } = gateway;
    item.backgroundColor = undefined;
    item.command = 'tollgate.openLog';
    switch (state.kind) {
      case 'stopped':
        item.text = '$(circle-slash) Tollgate';
        item.tooltip = vscode.l10n.t('The gateway is stopped. Click to start it.');
        item.command = 'tollgate.startGateway';
        break;
      case 'starting':
        item.text = '$(loading~spin) Tollgate';
        item.tooltip = vscode.l10n.t('The gateway is starting.');
        break;
      case 'failed':
        item.text = '$(error) Tollgate';
        item.tooltip = vscode.l10n.t('The gateway cannot run: {0} Click to try again.', state.message);
        item.backgroundColor = new vscode.ThemeColor('statusBarItem.errorBackground');
        item.command = 'tollgate.restartGateway';
        break;
      case 'running':
        item.text = `$(pulse) ${callCount(calls)}${findings === 0 ? '' : ` $(error) ${findings}`}${simulating.length === 0 ? '' : ' $(beaker)'}`;
        item.tooltip = runningTooltip(state.ready.url, calls, findings, simulating);
        if (pause.until !== null) {
          item.text = `$(debug-pause) ${vscode.l10n.t('Capture paused')}`;
          item.tooltip = pausedTooltip(pause.until);
          item.command = 'tollgate.resumeCapture';
        }
    }
    item.accessibilityInformation = { label: `Tollgate, ${plainTooltip(item.tooltip)}`, role: 'button' };
    if (home === null) item.hide();
    else item.show();
  };
  refresh();
  return vscode.Disposable.from(
    item,
    gateway.onDidChangeState(refresh),
    pause.onDidChange(refresh),
    traffic.onDidChangeApis(refresh),
    traffic.onDidChangeFindings(refresh),
  );
}

function pausedTooltip(until: number): string {
  if (until === -1) return vscode.l10n.t('Nothing is recorded. Click to resume.');
  const time = new Date(until).toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' });
  return vscode.l10n.t('Nothing is recorded until {0}. Click to resume at once.', time);
}

function runningTooltip(
  url: string,
  calls: number,
  findings: number,
  simulating: readonly string[],
): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString();
  tooltip.appendMarkdown(`${vscode.l10n.t('**Tollgate** listens on {0}', url)}\n\n`);
  tooltip.appendMarkdown(`${callCount(calls)}, `);
  tooltip.appendMarkdown(
    findings === 1 ? vscode.l10n.t('1 open finding') : vscode.l10n.t('{0} open findings', findings),
  );
  if (simulating.length > 0)
    tooltip.appendMarkdown('\n\n').appendText(vscode.l10n.t('Refusals are simulated at {0}.', simulating.join(', ')));
  tooltip.appendMarkdown(`\n\n${vscode.l10n.t('Click to open the log.')}`);
  tooltip.isTrusted = { enabledCommands: ['tollgate.pauseCapture', 'tollgate.whyNothing'] };
  tooltip.appendMarkdown(
    `\n\n[${vscode.l10n.t('Pause Capture…')}](command:tollgate.pauseCapture) · [${vscode.l10n.t('Why Is Nothing Captured?')}](command:tollgate.whyNothing)`,
  );
  return tooltip;
}

function callCount(calls: number): string {
  return calls === 1 ? vscode.l10n.t('1 call') : vscode.l10n.t('{0} calls', calls);
}

function plainTooltip(tooltip: string | vscode.MarkdownString | undefined): string {
  return (typeof tooltip === 'string' ? tooltip : (tooltip?.value ?? ''))
    .replace(/\*\*|\n\n\[.*\)$/g, '')
    .replace(/\n\n/g, '. ');
}

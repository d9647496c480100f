import * as vscode from 'vscode';
import type { WindowSession } from '../../shared/origin.ts';
import type { Gateway } from '../gatewayProcess.ts';

/** Milliseconds for which changes are gathered: a window that is restored opens many terminals at a time. */
const settleTime = 100;

/** Tells the gateway which terminals and tasks this window has, so that calls can be filed under them. */
export function registerWindowSessions(gateway: Gateway): vscode.Disposable {
  const tasks = new Map<vscode.TaskExecution, WindowSession>();
  let timer: NodeJS.Timeout | undefined;

  const tell = async (): Promise<void> => {
    const terminals = await Promise.all(vscode.window.terminals.map(toSession));
    const running = [...tasks.values()];
    const known = new Set(running.map(({ pid }) => pid));
    const sessions = terminals.filter((one) => one !== null && !known.has(one.pid)) as readonly WindowSession[];
    // Without a gateway there is nobody to be told; the next one is told when it runs.
    if (gateway.state.kind === 'running') await gateway.api.noteSessions([...sessions, ...running]);
  };
  const tellSoon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void tell().catch(() => undefined), settleTime);
  };

  return vscode.Disposable.from(
    { dispose: () => clearTimeout(timer) },
    gateway.onDidChangeState(({ kind }) => {
      if (kind === 'running') tellSoon();
    }),
    vscode.window.onDidOpenTerminal(tellSoon),
    vscode.window.onDidCloseTerminal(tellSoon),
    vscode.tasks.onDidStartTaskProcess(({ execution, processId }) => {
      tasks.set(execution, { kind: 'task', name: execution.task.name, pid: processId });
      tellSoon();
    }),
    vscode.tasks.onDidEndTask(({ execution }) => {
      // What it called last may be looked up still; its terminal stays open for longer.
      setTimeout(() => tasks.delete(execution), 60_000);
    }),
  );
}

async function toSession(terminal: vscode.Terminal): Promise<WindowSession | null> {
  const pid = await terminal.processId;
  return pid === undefined ? null : { kind: 'terminal', name: terminal.name, pid };
}

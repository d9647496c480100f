import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { portAnswer, stateIn } from '../../troubleshoot/capture/lookAtGateway.ts';
import type { CaptureFacts } from '../../troubleshoot/capture/captureFacts.ts';
import { differingHooks } from '../hooksFolder.ts';
import { exists } from '../home.ts';
import type { Parts } from '../parts.ts';
import { probeShell } from './probeShell.ts';

/** Finds out what there is to know of the way from a program's call to its squiggle; takes some seconds. */
export async function gatherFacts(parts: Parts): Promise<CaptureFacts> {
  const { home, context, gateway, settings, traffic, pause, programs } = parts;
  const ready = gateway.state.kind === 'running' ? gateway.state.ready : null;
  const { gateway: forGateway, terminals } = settings.current;
  const file = ready?.stateFile ?? '';
  const shipped = vscode.Uri.joinPath(context.extensionUri, 'dist', 'hooks').fsPath;
  const [declared, missing, port, state, health, shell] = await Promise.all([
    home === null ? false : exists(home.catalogue),
    differingHooks(shipped, programs.hooks),
    ready === null ? null : portAnswer(ready.port),
    readFile(file, 'utf8').catch(() => null),
    ready === null ? null : gateway.api.captureHealth().catch(() => null),
    probeShell(programs.hooks),
  ]);
  const rows = traffic.rows.slice(0, 50);
  return {
    asker: 'editor',
    catalogue: {
      file: 'tollgate.jsonc',
      exists: declared,
      problems: traffic.problems.length,
      apis: traffic.apis.length,
    },
    gateway: {
      kind: gateway.state.kind,
      message: gateway.state.kind === 'failed' ? gateway.state.message : '',
    },
    port: ready === null || port === null ? null : { number: ready.port, answer: port },
    stateFile: { file, state: stateIn(state, ready?.port ?? null) },
    recording: {
      on: settings.capturesIn(home?.folder),
      paused: pause.until !== null,
      hosts: forGateway.captureHosts,
      problem: health?.problem ?? null,
    },
    preloads: { wanted: terminals.capture, missing },
    baseUrls: terminals.baseUrls,
    intercept: { mode: forGateway.intercept.mode, hasAuthority: hasAuthority(state) },
    terminals: { open: vscode.window.terminals.length, stale: programs.staleTerminals() },
    shell:
      shell === null
        ? null
        : {
            state: ready !== null && shell.TOLLGATE_STATE === file,
            runtimes: [
              {
                name: 'Node',
                version: shell.node,
                preloaded: shell.NODE_OPTIONS?.includes(path.join(programs.hooks, 'register.cjs')) === true,
              },
              {
                name: 'Python',
                version: shell.python,
                preloaded: shell.PYTHONPATH?.includes(path.join(programs.hooks, 'python')) === true,
              },
            ],
          },
    notes: health === null ? null : { processes: health.processes, newestAt: health.notedAt },
    calls: { newest: rows.length, withoutLine: rows.filter(({ callSite }) => callSite === null).length },
    now: Date.now(),
  };
}

function hasAuthority(state: string | null): boolean {
  try {
    return typeof (JSON.parse(state ?? '{}') as { readonly ca?: unknown }).ca === 'string';
  } catch {
    return false;
  }
}

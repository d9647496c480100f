import * as vscode from 'vscode';
import type { Parts } from '../parts.ts';
import { registerTerminals } from '../terminals.ts';
import { registerDebugSessions } from './debugSessions.ts';
import { registerWindowSessions } from './windowSessions.ts';

/** Captures the programs of this window: those in terminals, those of tasks and tests, and those under a debugger. */
export function registerCapture(parts: Parts): vscode.Disposable {
  const { programs } = parts;
  return vscode.Disposable.from(
    registerTerminals(programs, parts),
    registerDebugSessions(parts),
    registerWindowSessions(parts.gateway),
  );
}

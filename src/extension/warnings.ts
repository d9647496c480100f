import * as vscode from 'vscode';
import { allApis, type Warning, type WarningBoard } from '../shared/warning.ts';
import { warningText } from '../shared/warningText.ts';
import { localise } from './localise.ts';
import type { Traffic } from './traffic.ts';

/** The sentence of a warning, with the model where it holds for one. */
export function warningMessage(warning: Warning, now: number): string {
  const sentence = localise(warningText(warning, now));
  return warning.model === null ? sentence : vscode.l10n.t('{0} ({1})', sentence, warning.model);
}

/** Whom a warning is about, as people know it. */
export function warnedName(traffic: Pick<Traffic, 'api'>, api: string): string {
  return api === allApis ? vscode.l10n.t('All APIs') : (traffic.api(api)?.title ?? api);
}

/** The board after lines of a file on disk have moved. Lines count from 1. */
export function movedWarnings(
  { warnings, mutes }: WarningBoard,
  file: string,
  toLine: (line: number, column: number) => number,
): WarningBoard {
  const moved = warnings.map((warning) => {
    const { callSite } = warning;
    if (callSite?.file !== file) return warning;
    return { ...warning, callSite: { ...callSite, line: toLine(callSite.line, callSite.column) } };
  });
  return { warnings: moved, mutes };
}

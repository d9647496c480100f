import * as vscode from 'vscode';
import { findingSeverity, type Finding } from '../../shared/finding.ts';
import { findingMessage } from '../findings.ts';
import { causePageUri } from './causePage.ts';
import { exchangeUri } from './exchangeDocument.ts';

/** A diagnostic that carries its finding: VS Code gives the same object back when it asks for quick fixes. */
export class FindingDiagnostic extends vscode.Diagnostic {
  readonly finding: Finding;

  constructor(finding: Finding, range: vscode.Range) {
    super(range, findingMessage(finding), severityOf(finding));
    this.finding = finding;
    this.source = 'Tollgate';
    this.code = { value: finding.diagnosis.cause, target: causePageUri(finding.diagnosis.cause) };
    this.relatedInformation = [
      new vscode.DiagnosticRelatedInformation(
        new vscode.Location(exchangeUri(finding), new vscode.Position(0, 0)),
        callLabel(finding),
      ),
    ];
  }
}

/** What is only probably here is one step less severe. */
function severityOf({ diagnosis, callSite }: Finding): vscode.DiagnosticSeverity {
  const { Error: error, Warning: warning, Information: information } = vscode.DiagnosticSeverity;
  const isError = findingSeverity(diagnosis) === 'error';
  if (callSite?.certainty === 'search') return isError ? warning : information;
  return isError ? error : warning;
}

function callLabel({ exchangeNumber, status, method, path }: Finding): string {
  const target = `${method} ${path.split('?', 1)[0] ?? ''}`;
  return status === null
    ? vscode.l10n.t('Call #{0}: {1} was not answered', exchangeNumber, target)
    : vscode.l10n.t('Call #{0}: {1} was answered with {2}', exchangeNumber, target, status);
}

import * as vscode from 'vscode';
import type { Remedy } from '../../shared/remedy.ts';
import { localise } from '../localise.ts';

/** A remedy that edits. */
export type EditRemedy = Extract<Remedy, { kind: 'edit' }>;

/**
 * A remedy's edits as VS Code applies, previews and undoes them. What may not be the right place is not changed before
 * the person has seen it. `document` is the one with the call site.
 */
export function toWorkspaceEdit(document: vscode.TextDocument | null, remedy: EditRemedy): vscode.WorkspaceEdit {
  const result = new vscode.WorkspaceEdit();
  const { other } = remedy;
  for (const { start, end, newText } of remedy.edits) {
    if (other !== undefined) {
      const range = new vscode.Range(positionIn(other.text, start), positionIn(other.text, end));
      const label = localise(remedy.title);
      result.replace(vscode.Uri.file(other.file), range, newText, { needsConfirmation: !other.sure, label });
    } else if (document !== null) {
      result.replace(document.uri, new vscode.Range(document.positionAt(start), document.positionAt(end)), newText);
    }
  }
  return result;
}

/** Shows in the editor what is edited in another file; undefined where nothing is. */
export function showEdited({ edits: [first], other, save }: EditRemedy): vscode.Command | undefined {
  if (first === undefined || other === undefined) return undefined;
  const place = positionIn(other.text, first.start);
  const selection = new vscode.Range(place, place);
  if (save === true) return { title: other.label, command: 'tollgate.openConfiguration', arguments: [{ selection }] };
  return { title: other.label, command: 'vscode.open', arguments: [vscode.Uri.file(other.file), { selection }] };
}

/** The editor counts lines, whatever ends them; it need not have the file open for that. */
function positionIn(text: string, offset: number): vscode.Position {
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  return new vscode.Position(before.length - 1, before.at(-1)?.length ?? 0);
}

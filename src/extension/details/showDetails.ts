import * as vscode from 'vscode';
import { accessItem, rowWords } from '../access/accessItem.ts';
import { accessChildren, accessNodeId, type AccessNode } from '../access/accessNodes.ts';
import type { Parts } from '../parts.ts';
import { DetailPage } from './detailPage.ts';
import { detailOf } from './detailOf.ts';

/** Open pages, by what they are about. */
const pages = new Map<string, DetailPage>();

/** Opens the page about a node of either view, or about what is picked. */
export async function showDetails(parts: Parts, argument: unknown): Promise<void> {
  const node = nodeOf(argument) ?? (await pickNode(parts));
  if (node === null) return;
  const { access, apis } = parts.traffic;
  if (detailOf(access, apis, node) === null) return;
  // A subscription is the same wherever it stands.
  const id = node.kind === 'subscription' ? `subscription/${node.id}` : accessNodeId(node);
  const known = pages.get(id);
  if (known !== undefined) {
    known.show();
    return;
  }
  pages.set(id, new DetailPage(parts, node, () => pages.delete(id)));
}

/** Nodes of the explorer of APIs stand for their API. */
function nodeOf(argument: unknown): AccessNode | null {
  if (typeof argument !== 'object' || argument === null || !('kind' in argument)) return null;
  if (argument.kind === 'api' && 'name' in argument) return { kind: 'offer', api: String(argument.name) };
  return argument as AccessNode;
}

async function pickNode({ traffic }: Parts): Promise<AccessNode | null> {
  const { access, apis } = traffic;
  const nodes = new Map<string, AccessNode>();
  const collect = (above: AccessNode | undefined): void => {
    for (const node of accessChildren(access, above)) {
      nodes.set(accessNodeId(node), node);
      collect(node);
    }
  };
  collect(undefined);
  const items = [...nodes.values()]
    .filter((node) => node.kind !== 'offer' && detailOf(access, apis, node) !== null)
    .filter((node) => node.kind !== 'subscription' || node.place === 'application')
    .map((node) => {
      const { iconPath } = accessItem(access, node);
      return { ...rowWords(access, node), iconPath: iconPath as vscode.ThemeIcon, node };
    });
  const offered = apis.map(({ name, title }) => ({
    ...{ label: title, description: name, iconPath: new vscode.ThemeIcon('globe') },
    node: { kind: 'offer', api: name } as const,
  }));
  const picked = await vscode.window.showQuickPick([...items, ...offered], {
    placeHolder: vscode.l10n.t('Whose details?'),
    matchOnDescription: true,
  });
  return picked?.node ?? null;
}

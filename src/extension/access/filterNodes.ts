import type { AccessBoard } from '../../shared/access.ts';
import { accessChildren, accessParent, type AccessNode } from './accessNodes.ts';

/** The children of a node that match a filter, hold what matches, or are below what matches. */
export function filteredChildren(
  board: AccessBoard,
  node: AccessNode | undefined,
  filter: string,
  wordsOf: (node: AccessNode) => string,
): AccessNode[] {
  const children = accessChildren(board, node);
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return children;
  const matches = (one: AccessNode): boolean => {
    const said = wordsOf(one).toLowerCase();
    return words.every((word) => said.includes(word));
  };
  const holds = (one: AccessNode): boolean => matches(one) || accessChildren(board, one).some(holds);
  for (let above = node; above !== undefined; above = accessParent(board, above)) if (matches(above)) return children;
  return children.filter(holds);
}

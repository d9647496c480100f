import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { CatalogueProblem } from '../shared/catalogue.ts';

/** Something wrong with the member at a path; `at` says whether its name or its value is to be marked. */
export interface MemberProblem {
  readonly severity: CatalogueProblem['severity'];
  readonly path: readonly (string | number)[];
  readonly at: 'name' | 'value';
  readonly message: string;
}

/** Finds where in the text a problem is; of a member that is missing, the nearest one around it. */
export function locate(problem: MemberProblem, root: Node | undefined, text: string): CatalogueProblem {
  let path = [...problem.path];
  let node = root === undefined ? undefined : findNodeAtLocation(root, path);
  const missing = node === undefined;
  while (node === undefined && root !== undefined && path.length > 0) {
    path = path.slice(0, -1);
    node = findNodeAtLocation(root, path);
  }
  const property = node?.parent?.type === 'property' ? node.parent : undefined;
  // An object is marked by its name, not by all of its lines.
  const byName = problem.at === 'name' || missing || node?.type === 'object' || node?.type === 'array';
  const marked = byName ? (property?.children?.[0] ?? node) : node;
  const length = marked === root ? 1 : (marked?.length ?? 0);
  return toProblem(problem.severity, problem.message, marked?.offset ?? 0, length, text);
}

/** A problem at an offset of the text. */
export function toProblem(
  severity: CatalogueProblem['severity'],
  message: string,
  offset: number,
  length: number,
  text: string,
): CatalogueProblem {
  return { severity, message, start: position(text, offset), end: position(text, offset + length) };
}

function position(text: string, offset: number): CatalogueProblem['start'] {
  const before = text.slice(0, offset);
  const lineStart = Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  return { line: before.split(/\r\n|\r|\n/).length - 1, character: offset - lineStart };
}

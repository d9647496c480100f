import { getNodeValue, parseTree, printParseErrorCode, type ParseError } from 'jsonc-parser';
import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node } from 'yaml';
import type { CatalogueProblem } from '../../../shared/catalogue.ts';
import { plain, text as sentence } from '../../../shared/text.ts';
import { isJsonName } from './names.ts';
import { locate, toProblem, type MemberProblem } from '../../catalogueProblem.ts';

/** The text of a description: what it says, what is wrong with its syntax, and where its members are. */
export interface DescriptionText {
  /** Undefined where the syntax is broken. */
  readonly value: unknown;
  readonly problems: readonly CatalogueProblem[];
  readonly place: (problem: MemberProblem) => CatalogueProblem;
}

/** Reads YAML or JSON, by the file's name. */
export function readDescription(source: string, name: string): DescriptionText {
  const text = source.replace(/^\uFEFF/, '');
  return isJsonName(name) ? fromJson(text) : fromYaml(text);
}

function fromJson(text: string): DescriptionText {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { disallowComments: true });
  const problems = errors.map(({ error, offset, length }) => {
    const words = printParseErrorCode(error)
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .toLowerCase();
    const message = plain(sentence('This is not valid JSON: {0}.', words));
    return toProblem('error', message, offset, Math.max(1, length), text);
  });
  return {
    value: errors.length > 0 || root === undefined ? undefined : (getNodeValue(root) as unknown),
    problems,
    place: (problem) => locate(problem, root, text),
  };
}

function fromYaml(text: string): DescriptionText {
  const document = parseDocument(text, { prettyErrors: false });
  const problems = document.errors.map(({ message, pos: [from, to] }) => {
    const said = plain(sentence('This is not valid YAML: {0}', message));
    return toProblem('error', said, from, Math.max(1, to - from), text);
  });
  return {
    value: problems.length > 0 ? undefined : valueOf(document),
    problems,
    place: (problem) => placeInYaml(problem, document, text),
  };
}

/** Undefined where aliases would make it too big to be meant. */
function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 1000 }) as unknown;
  } catch {
    return undefined;
  }
}

function placeInYaml({ severity, path, at, message }: MemberProblem, document: Document, text: string) {
  let node: Node | null = document.contents;
  let name: Node | null = null;
  let whole = true;
  for (const step of path) {
    const found = childOf(node, step, document);
    if (found === null) {
      whole = false;
      break;
    }
    name = found.key;
    node = found.value;
  }
  // An object is marked by its name, not by all of its lines.
  const byName = at === 'name' || !whole || isMap(node) || isSeq(node);
  const marked = byName ? (name ?? node) : (node ?? name);
  const [from = 0, to = 0] = marked?.range ?? [];
  const length = marked === document.contents ? 1 : Math.max(1, to - from);
  return toProblem(severity, message, from, length, text);
}

function childOf(
  node: Node | null,
  step: string | number,
  document: Document,
): { readonly key: Node | null; readonly value: Node | null } | null {
  const inside = isAlias(node) ? (node.resolve(document) ?? null) : node;
  if (isSeq(inside)) {
    const item = inside.items[Number(step)] as Node | undefined;
    return item === undefined ? null : { key: null, value: item };
  }
  if (!isMap(inside)) return null;
  for (const { key, value } of inside.items)
    if (isScalar(key) && String(key.value) === String(step)) return { key, value: value as Node | null };
  return null;
}

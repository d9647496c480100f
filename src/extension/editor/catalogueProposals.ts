import { findNodeAtLocation, getLocation, parseTree, type JSONPath } from 'jsonc-parser';

/** What may stand at a place of a file of the catalogue. */
export interface CatalogueProposal {
  readonly label: string;
  readonly description: string;
  /** A snippet, as VS Code has them. */
  readonly insert: string;
  /** What it takes the place of: offsets into the text. */
  readonly start: number;
  readonly end: number;
}

/** As much of a JSON schema as proposals need. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** Members and values that the schema of `tollgate.jsonc` has at an offset of a text. */
export function catalogueProposals(schema: unknown, text: string, offset: number): readonly CatalogueProposal[] {
  const root = schema as Schema;
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const typed = previousNode !== undefined && previousNode.offset <= offset ? previousNode : undefined;
  const start = typed?.offset ?? offset;
  const end = typed === undefined ? offset : Math.max(offset, typed.offset + typed.length);
  if (!isAtPropertyKey)
    return schemasAt(root, path)
      .flatMap(valuesOf)
      .map(({ label, description }) => ({ label, description, insert: escaped(label), start, end }));
  const owner = path.slice(0, -1);
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const present = tree === undefined ? undefined : findNodeAtLocation(tree, owner);
  const taken = new Set(
    present?.children?.flatMap(({ children, offset: at }) => (at === start ? [] : [String(children?.[0]?.value)])),
  );
  const isNamed = /^\s*:/.test(text.slice(end));
  return schemasAt(root, owner)
    .flatMap(({ properties }) => Object.entries(properties ?? {}))
    .filter(([name], index, all) => !taken.has(name) && all.findIndex(([other]) => other === name) === index)
    .map(([name, member]) => ({
      label: name,
      description: resolved(root, member).find((one) => one.description !== undefined)?.description ?? '',
      insert: escaped(JSON.stringify(name)) + (isNamed ? '' : `: ${valueSnippet(root, member)}`),
      start,
      end,
    }));
}

function schemasAt(root: Schema, path: JSONPath): readonly Schema[] {
  return path.reduce<readonly Schema[]>(
    (above, segment) => above.flatMap((one) => below(one, segment)).flatMap((one) => resolved(root, one)),
    resolved(root, root),
  );
}

function below({ properties, additionalProperties, items }: Schema, segment: string | number): readonly Schema[] {
  if (typeof segment === 'number') return items === undefined ? [] : [items];
  const own = properties !== undefined && Object.hasOwn(properties, segment) ? properties[segment] : undefined;
  if (own !== undefined) return [own];
  return typeof additionalProperties === 'object' ? [additionalProperties] : [];
}

/** A schema with all that it may be. */
function resolved(root: Schema, schema: Schema): readonly Schema[] {
  const name = /^#\/definitions\/(.+)$/.exec(schema.$ref ?? '')?.[1];
  const target = name === undefined ? undefined : root.definitions?.[name];
  const others = [...(schema.anyOf ?? []), ...(schema.oneOf ?? []), ...(schema.allOf ?? [])];
  return [schema, ...(target === undefined ? [] : [target]).concat(others).flatMap((one) => resolved(root, one))];
}

function valuesOf(schema: Schema): readonly { readonly label: string; readonly description: string }[] {
  const values = [
    ...(schema.enum ?? []),
    ...('const' in schema ? [schema.const] : []),
    ...(schema.type === 'boolean' ? [true, false] : []),
  ];
  return values.map((value) => ({ label: JSON.stringify(value), description: schema.description ?? '' }));
}

function valueSnippet(root: Schema, member: Schema): string {
  const types = resolved(root, member).flatMap(({ type, properties, additionalProperties }) =>
    properties !== undefined || typeof additionalProperties === 'object' ? ['object'] : (type ?? []),
  );
  const [first = ''] = types;
  switch (first) {
    case 'object':
      return '{ $1 }';
    case 'array':
      return '[$1]';
    case 'string':
      return '"$1"';
    default:
      return '$1';
  }
}

function escaped(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}

import { randomUUID } from 'node:crypto';
import { chmod, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { getNodeValue, parseTree } from 'jsonc-parser';
import type { AccessApi, Declared } from '../../shared/accessApi.ts';
import { ChannelError } from '../../shared/channel.ts';
import { withMember } from '../../shared/memberText.ts';
import { plain, text } from '../../shared/text.ts';
import type { CatalogueFile } from '../catalogueFile.ts';
import { loadCatalogue, type LoadedCatalogue } from '../includes/loadCatalogue.ts';
import { resolveApis } from '../resolveApis.ts';
import { user } from './desk.ts';
import type { Keeper } from './keeper.ts';

const members = { team: 'teams', application: 'applications', plan: 'plans', budget: 'budgets' } as const;

/** Writes members of `tollgate.jsonc` at somebody's wish. */
export function createDeclaring(
  file: string | null,
  catalogue: Pick<CatalogueFile, 'reload'>,
  keeper: () => Promise<Keeper>,
): Pick<AccessApi, 'declare' | 'undeclare'> {
  let queue: Promise<unknown> = Promise.resolve();

  const edit = async (
    action: 'catalogue.declared' | 'catalogue.removed',
    kind: Declared['kind'],
    name: string,
    value: unknown,
    by: string,
  ): Promise<void> => {
    if (file === null) throw new ChannelError('not_declarable', plain(text('This gateway has no tollgate.jsonc.')));
    if (!Object.hasOwn(members, kind))
      throw new ChannelError('invalid_request', plain(text('"{0}" is nothing that can be declared so.', kind)));
    const main = await readFile(file, 'utf8').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}\n';
      throw error;
    });
    const loaded = await loadCatalogue(file, main);
    // Where it stands already, or in the file that everything begins with.
    const target = loaded.declaring(members[kind], name) ?? file;
    const before = target === file ? main : await readFile(target, 'utf8');
    const tree = parseTree(before, [], { allowTrailingComma: true, allowEmptyContent: true });
    const present = (tree === undefined ? {} : getNodeValue(tree)) as Record<
      string,
      Record<string, unknown> | undefined
    >;
    if (value === undefined && present[members[kind]]?.[name] === undefined)
      throw new ChannelError('not_declarable', plain(text('tollgate.jsonc declares no {0} "{1}".', kind, name)));
    const after = withMember(before, [members[kind], name], value);
    refuseErrors(loaded, await loadCatalogue(file, main, { file: target, text: after }));
    await replaceFile(target, after);
    await catalogue.reload();
    const open = await keeper();
    await open.change(() => ({
      change: {
        audit: [
          {
            at: Date.now(),
            by,
            action,
            subject: `${kind} ${name}`,
            team: kind === 'team' ? name : teamIn(value ?? present[members[kind]]?.[name]),
            application: null,
            api: null,
            detail: null,
          },
        ],
      },
      result: null,
    }));
  };
  /** One at a time, or one would undo the other's. */
  const next = (work: () => Promise<void>): Promise<void> => {
    const done = queue.then(work, work);
    queue = done.catch(() => undefined);
    return done;
  };

  return {
    declare: ({ kind, name, declaration }, by = user()) =>
      next(() => edit('catalogue.declared', kind, name, declaration, by)),
    undeclare: (kind, name, by = user()) => next(() => edit('catalogue.removed', kind, name, undefined, by)),
  };
}

/** The team whose it is, or was. */
function teamIn(declaration: unknown): string | null {
  const team =
    typeof declaration === 'object' && declaration !== null && 'team' in declaration ? declaration.team : null;
  return typeof team === 'string' ? team : null;
}

/** Errors that were there before are not this change's. */
function refuseErrors(before: LoadedCatalogue, after: LoadedCatalogue): void {
  const known = new Set(errorsIn(before));
  const found = errorsIn(after).find((message) => !known.has(message));
  if (found !== undefined) throw new ChannelError('invalid_request', found);
}

function errorsIn({ catalogue, problems }: LoadedCatalogue): readonly string[] {
  const resolved = catalogue === null ? [] : resolveApis(catalogue).problems;
  return [...problems, ...resolved].filter(({ severity }) => severity === 'error').map(({ message }) => message);
}

/** In one step, so that nobody reads half of it; with the permissions that it had. */
async function replaceFile(file: string, content: string): Promise<void> {
  const written = `${file}.${randomUUID()}`;
  const mode = await stat(file).then(
    (found) => found.mode & 0o777,
    () => 0o644,
  );
  await writeFile(written, content, { mode });
  await chmod(written, mode);
  await rename(written, file);
}

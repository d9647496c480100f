import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ChannelError } from '../../shared/channel.ts';
import type { ApiLifecycle, DescriptionSource, LifecycleApi, VersionNotice } from '../../shared/lifecycle.ts';
import { plain, text } from '../../shared/text.ts';
import type { ResolvedApi } from '../parts.ts';
import { declareDraft } from './declareDraft.ts';
import { isJsonName, versionPattern } from './description/names.ts';
import type { NamedText, Workshop } from './description/workshop.ts';
import { fetchDescription } from './fetchDescription.ts';
import { readNotice } from './notice.ts';
import { sampleCalls, type CallSource } from './sampleCalls.ts';
import {
  digestOf,
  readVersions,
  replaceFile,
  versionsFolder,
  writeVersions,
  type VersionsIndex,
} from './versionsFile.ts';

/** What the desk works with. */
export interface DeskParts {
  /** Null where there is no configuration: then there is nothing to describe. */
  readonly catalogueFile: string | null;
  readonly fetch: typeof fetch;
  readonly log: CallSource;
  readonly workshop: Workshop;
  /** Fails with `unknown_api`. */
  api(name: string): ResolvedApi;
  /** Has an API's files read anew, and says how it stands; `draft` is a path from the folder of `tollgate.jsonc`. */
  reread(api: ResolvedApi, draft: string): Promise<ApiLifecycle>;
}

/** Where an API's files are. */
interface Place {
  readonly api: ResolvedApi;
  readonly catalogueFile: string;
  /** From the folder of `tollgate.jsonc`, with forward slashes. */
  readonly relative: string;
  readonly draft: string;
  readonly folder: string;
}

/** Imports, publishes, rolls back, deprecates and retires: all of it in files of the workspace. */
export function createLifecycleDesk(parts: DeskParts): LifecycleApi {
  const { workshop } = parts;

  const placeOf = (name: string, extension = 'yaml'): Place => {
    const api = parts.api(name);
    const { catalogueFile } = parts;
    if (catalogueFile === null)
      throw new ChannelError(
        'no_folder',
        plain(text('There is no tollgate.jsonc that a description could belong to.')),
      );
    const relative = api.draft ?? `tollgate/${name}.openapi.${extension}`;
    const draft = path.join(path.dirname(catalogueFile), relative);
    return { api, catalogueFile, relative, draft, folder: versionsFolder(draft, name) };
  };

  const settled = async ({ api, catalogueFile, relative }: Place): Promise<ApiLifecycle> => {
    await declareDraft(catalogueFile, api.name, relative);
    return parts.reread(api, relative);
  };

  const draftOf = async ({ api, draft }: Place): Promise<NamedText> => {
    const content = await readFile(draft, 'utf8').catch(() => null);
    if (content !== null) return { text: content, name: draft };
    const message = plain(text('"{0}" has no draft at {1}. Import an OpenAPI description first.', api.name, draft));
    throw new ChannelError('no_draft', message);
  };

  const currentOf = async ({ folder }: Place, { current, versions }: VersionsIndex): Promise<NamedText | null> => {
    const file = versions.find(({ version }) => version === current)?.file;
    if (file === undefined) return null;
    const content = await readFile(path.join(folder, file), 'utf8').catch(() => null);
    return content === null ? null : { text: content, name: file };
  };

  /** A draft that can be published, and its version. */
  const usable = async (draft: NamedText): Promise<string> => {
    const { table, problems } = await workshop.read(draft);
    if (table !== null) return table.version;
    const [first] = problems.filter(({ severity }) => severity === 'error');
    const where = first === undefined ? '' : `${path.basename(draft.name)}:${first.start.line + 1}: ${first.message}`;
    throw new ChannelError('draft_invalid', plain(text('The draft cannot be used yet. {0}', where)));
  };

  const changeVersion = async (
    name: string,
    wanted: string,
    change: (version: VersionsIndex['versions'][number]) => VersionsIndex['versions'][number],
  ): Promise<ApiLifecycle> => {
    const place = placeOf(name);
    const index = await readVersions(place.folder);
    known(place, index, wanted);
    const versions = index.versions.map((one) => (one.version === wanted ? change(one) : one));
    await writeVersions(place.folder, { ...index, versions });
    return settled(place);
  };

  const textFrom = async (place: Place, from: DescriptionSource): Promise<NamedText & { calls: number | null }> => {
    switch (from.kind) {
      case 'text':
        return { text: from.text, name: from.name, calls: null };
      case 'url':
        return { ...(await fetchDescription(from.url, parts.fetch)), calls: null };
      case 'traffic':
      case 'calls': {
        const { name, title, upstream } = place.api;
        const calls = from.kind === 'calls' ? from.calls : await sampleCalls(parts.log, name, from.filter);
        if (calls.length === 0)
          throw new ChannelError(
            'no_description',
            plain(text('The log has no answered calls of "{0}" to infer a description from.', name)),
          );
        const inferred = await workshop.infer(title, upstream.origin, calls);
        return { text: inferred, name: 'inferred.yaml', calls: calls.length };
      }
    }
  };

  return {
    importDescription: async (name, from, replace = false) => {
      const source = await textFrom(placeOf(name), from);
      const { table, problems } = await workshop.read(source);
      // A draft may be mended, but what is no description at all is better left where it is.
      if (table === null && !/\bopenapi\b/.test(source.text)) {
        const [first] = problems;
        const message = first?.message ?? plain(text('This is no OpenAPI description.'));
        throw new ChannelError('no_description', message);
      }
      const place = placeOf(name, isJsonName(source.name) ? 'json' : 'yaml');
      const before = await readFile(place.draft, 'utf8').catch(() => null);
      if (before !== null && before !== source.text && !replace) {
        const message = plain(
          text('"{0}" has a draft already: {1}. Say that it is to be replaced.', name, place.draft),
        );
        throw new ChannelError('draft_exists', message);
      }
      const written = isJsonName(source.name) === isJsonName(place.draft) ? source.text : await inOther(source, place);
      await replaceFile(place.draft, written);
      await settled(place);
      const { draft } = place;
      return { draft, operations: table?.routes.length ?? 0, calls: source.calls, problems };
    },
    checkDescription: async (content, name) => (await workshop.read({ text: content, name })).problems,
    descriptionChanges: async (name) => {
      const place = placeOf(name);
      const draft = await draftOf(place);
      const to = await usable(draft);
      const index = await readVersions(place.folder);
      const compared = await workshop.compare(await currentOf(place, index), draft);
      return { from: index.current, to, ...compared };
    },
    publishDescription: async (name, wanted = null) => {
      const place = placeOf(name);
      let draft = await draftOf(place);
      await usable(draft);
      if (wanted !== null) draft = { ...draft, text: await workshop.withVersion(draft, wanted) };
      const version = await usable(draft);
      const index = await readVersions(place.folder);
      await refuseTwice(place, index, draft, version);
      const file = `${version}.openapi.${isJsonName(draft.name) ? 'json' : 'yaml'}`;
      if (wanted !== null) await replaceFile(place.draft, draft.text);
      await replaceFile(path.join(place.folder, file), draft.text);
      const publishedAt = new Date().toISOString();
      const published = { version, publishedAt, file, digest: digestOf(draft.text) };
      await writeVersions(place.folder, { current: version, versions: [...index.versions, published] });
      return settled(place);
    },
    rollBackDescription: async (name, wanted = null) => {
      const place = placeOf(name);
      const index = await readVersions(place.folder);
      const version = wanted ?? before(place, index);
      known(place, index, version);
      await writeVersions(place.folder, { ...index, current: version });
      return settled(place);
    },
    deprecateVersion: async (name, version, notice) =>
      changeVersion(name, version, ({ deprecated, ...rest }) =>
        notice === null ? rest : { ...rest, deprecated: readNotice(notice, deprecated) },
      ),
    retireVersion: async (name, version, notice) =>
      changeVersion(name, version, ({ retired, ...rest }) =>
        notice === null ? rest : { ...rest, retired: readNotice(inherited(notice, rest.deprecated), retired) },
      ),
  };

  async function refuseTwice(place: Place, index: VersionsIndex, draft: NamedText, version: string): Promise<void> {
    if (!versionPattern.test(version)) {
      const message = text('"{0}" cannot be a version: letters, digits, dots and hyphens, as in 1.2.0.', version);
      throw new ChannelError('draft_invalid', plain(message));
    }
    const other = index.versions.find((one) => one.version.toLowerCase() === version.toLowerCase());
    if (other === undefined) return;
    if (other.digest === digestOf(draft.text) && other.version === index.current)
      throw new ChannelError('nothing_to_publish', plain(text('The draft is what {0} says already.', version)));
    const { suggested } = await workshop.compare(await currentOf(place, index), draft);
    const message = text('Version {0} is published already. Publish this as {1}.', version, suggested);
    throw new ChannelError('version_exists', plain(message));
  }
}

async function inOther(source: NamedText, place: Place): Promise<string> {
  const there = await stat(place.draft).catch(() => null);
  const message = text('{0} is declared as the draft, but this is {1}.', place.relative, path.extname(source.name));
  // YAML reads JSON as well; JSON does not read YAML.
  if (isJsonName(place.draft) && there === null) throw new ChannelError('no_description', plain(message));
  if (isJsonName(place.draft)) throw new ChannelError('draft_exists', plain(message));
  return source.text;
}

function known({ api }: Place, { versions }: VersionsIndex, wanted: string): void {
  if (versions.some(({ version }) => version === wanted)) return;
  const there = versions.map(({ version }) => version).join(', ');
  const message =
    there === ''
      ? text('Nothing of "{0}" is published yet.', api.name)
      : text('"{0}" has no version "{1}". Published: {2}.', api.name, wanted, there);
  throw new ChannelError('unknown_version', plain(message));
}

/** The version published before the one in force that still serves. */
function before({ api }: Place, { current, versions }: VersionsIndex): string {
  const at = versions.findIndex(({ version }) => version === current);
  const earlier = versions.slice(0, Math.max(0, at)).findLast(({ retired }) => retired === undefined);
  if (earlier !== undefined) return earlier.version;
  const message = text('There is no version of "{0}" before {1} to go back to.', api.name, current ?? '-');
  throw new ChannelError('unknown_version', plain(message));
}

/** A version that is retired leads where it led when it was deprecated, unless something else is said. */
function inherited(notice: Partial<VersionNotice>, deprecated: VersionNotice | undefined): Partial<VersionNotice> {
  return { link: deprecated?.link ?? null, successor: deprecated?.successor ?? null, ...notice };
}

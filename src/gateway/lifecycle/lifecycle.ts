import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ApiLifecycle, PublishedVersion } from '../../shared/lifecycle.ts';
import { plain, text } from '../../shared/text.ts';
import type { ResolvedApi } from '../parts.ts';
import { watchFile } from '../watchFile.ts';
import { admit, type Admission, type DescribedCall } from './admission.ts';
import type { Workshop } from './description/workshop.ts';
import { serveVersion, type ServedApi, type ServedVersion } from './served.ts';
import { digestOf, readVersions, versionsFolder, type IndexedVersion, type VersionsIndex } from './versionsFile.ts';

/** The published descriptions of all APIs, and what they say of calls. */
export interface Lifecycle {
  /** After the catalogue changed; resolves once all is read anew. */
  configure(apis: readonly ResolvedApi[]): Promise<void>;
  admit(call: DescribedCall): Admission;
  /** What a call is named by in the log, as in `GET /orders/{id} (getOrder)`; undefined where nothing describes it. */
  operation(api: string, method: string, path: string): string | undefined;
  /** Undefined where an API has no description. */
  state(api: string): ApiLifecycle | undefined;
  /** Reads one API's files again, at once, whether they are declared already or are about to be. */
  reread(api: ResolvedApi, draft: string): Promise<ApiLifecycle>;
  dispose(): void;
}

interface Entry {
  api: ResolvedApi;
  readonly draft: string;
  watchers: readonly { dispose(): void }[];
  state: ApiLifecycle;
  served: ServedApi | undefined;
  /** The reading under way, which the next one waits for. */
  reading: Promise<void>;
}

/** `directory` is that of `tollgate.jsonc`; `gatewayUrl` names this gateway to callers. */
export function createLifecycle(
  directory: string,
  workshop: Pick<Workshop, 'read'>,
  gatewayUrl: () => string,
  onChanged: () => void,
): Lifecycle {
  let entries: ReadonlyMap<string, Entry> = new Map();

  const watch = (name: string, draft: string): Entry['watchers'] => {
    const read = (): void => void reload(name);
    const index = path.join(versionsFolder(draft, name), 'versions.json');
    return [watchFile(draft, read), watchFile(index, read)];
  };
  const open = (api: ResolvedApi, relative: string): Entry => {
    const draft = path.join(directory, relative);
    return {
      api,
      draft,
      watchers: watch(api.name, draft),
      state: stateOf(api, draft, 'missing', nothing, null),
      served: undefined,
      reading: Promise.resolve(),
    };
  };

  const read = async (entry: Entry): Promise<void> => {
    const { state, served } = await readApi(entry.api, entry.draft, workshop, entry.served);
    entry.served = served;
    if (JSON.stringify(entry.state) === JSON.stringify(state)) return;
    entry.state = state;
    if (entries.get(entry.api.name) === entry) onChanged();
  };
  const reload = (name: string): Promise<void> => {
    const entry = entries.get(name);
    if (entry === undefined) return Promise.resolve();
    entry.reading = entry.reading.then(() => read(entry)).catch(() => undefined);
    return entry.reading;
  };

  return {
    configure: async (apis) => {
      const before = entries;
      const next = new Map<string, Entry>();
      const anew: string[] = [];
      for (const api of apis) {
        if (api.draft === undefined) continue;
        const known = before.get(api.name);
        const entry = known?.draft === path.join(directory, api.draft) ? known : open(api, api.draft);
        next.set(api.name, entry);
        const same = known === entry && sameTerms(entry.api, api);
        entry.api = api;
        if (!same) anew.push(api.name);
      }
      entries = next;
      for (const [name, entry] of before)
        if (next.get(name) !== entry) for (const watcher of entry.watchers) watcher.dispose();
      await Promise.all(anew.map(reload));
    },
    admit: (call) => admit(call, entries.get(call.api)?.served, gatewayUrl()),
    operation: (api, method, target) => {
      const served = entries.size === 0 ? undefined : entries.get(api)?.served;
      if (served === undefined) return undefined;
      const current = served.versions.get(served.current);
      for (const version of new Set(current === undefined ? [] : [current, ...served.versions.values()])) {
        const match = version.trie.match(method, target);
        if (match.kind !== 'route') continue;
        const { route } = match;
        return `${route.method} ${route.template}${route.id === null ? '' : ` (${route.id})`}`;
      }
      return undefined;
    },
    state: (api) => entries.get(api)?.state,
    reread: async (api, draft) => {
      const known = entries.get(api.name);
      const entry = known ?? open(api, draft);
      if (known === undefined) entries = new Map([...entries, [api.name, entry]]);
      await reload(api.name);
      // By now the folder of versions is there, and what happens in it is heard of at once.
      for (const watcher of entry.watchers) watcher.dispose();
      entry.watchers = watch(api.name, entry.draft);
      return entry.state;
    },
    dispose: () => {
      for (const { watchers } of entries.values()) for (const watcher of watchers) watcher.dispose();
      entries = new Map();
    },
  };
}

function sameTerms(one: ResolvedApi, other: ResolvedApi): boolean {
  return one.strictRoutes === other.strictRoutes && one.upstream.href === other.upstream.href;
}

const nothing: VersionsIndex = { current: null, versions: [] };

async function readApi(
  api: ResolvedApi,
  draft: string,
  workshop: Pick<Workshop, 'read'>,
  before: ServedApi | undefined,
): Promise<{ readonly state: ApiLifecycle; readonly served: ServedApi | undefined }> {
  const folder = versionsFolder(draft, api.name);
  let index: VersionsIndex;
  try {
    index = await readVersions(folder);
  } catch (error) {
    // What was in force stays so.
    const trouble = error instanceof Error ? error.message : String(error);
    return { state: stateOf(api, draft, 'missing', nothing, trouble), served: before };
  }
  const content = await readFile(draft, 'utf8').catch(() => null);
  const current = index.versions.find(({ version }) => version === index.current);
  const same = current !== undefined && content !== null && digestOf(content) === current.digest;
  const draftState = content === null ? 'missing' : current === undefined ? 'unpublished' : same ? 'same' : 'changed';
  const read = await Promise.all(
    index.versions.map(async (one) => readVersion(one, path.join(folder, one.file), api, workshop)),
  );
  const trouble = read.find(({ version }) => version.version === index.current)?.trouble ?? null;
  const versions = new Map(
    read.flatMap(({ version, served }) => (served === null ? [] : [[version.version, served] as const])),
  );
  const served =
    index.current === null ? undefined : { strict: api.strictRoutes === true, current: index.current, versions };
  return { state: stateOf(api, draft, draftState, index, trouble), served };
}

async function readVersion(
  version: IndexedVersion,
  file: string,
  { upstream }: ResolvedApi,
  workshop: Pick<Workshop, 'read'>,
): Promise<{
  readonly version: IndexedVersion;
  readonly served: ServedVersion | null;
  readonly trouble: string | null;
}> {
  const content = await readFile(file, 'utf8').catch(() => null);
  if (content === null)
    return { version, served: null, trouble: plain(text('{0} is missing, so calls are not held to it.', file)) };
  const { table } = await workshop.read({ text: content, name: file }).catch(() => ({ table: null }));
  if (table === null)
    return { version, served: null, trouble: plain(text('{0} cannot be read, so calls are not held to it.', file)) };
  const changed = digestOf(content) !== version.digest;
  return {
    version,
    served: serveVersion(version, table, upstream, {
      deprecated: version.deprecated ?? null,
      retired: version.retired ?? null,
    }),
    trouble: changed
      ? plain(text('{0} was changed after it was published. Change the draft and publish that instead.', file))
      : null,
  };
}

function stateOf(
  api: ResolvedApi,
  draft: string,
  draftState: ApiLifecycle['draftState'],
  { current, versions }: VersionsIndex,
  trouble: string | null,
): ApiLifecycle {
  const listed = versions.map(({ version, file, publishedAt, deprecated, retired }): PublishedVersion => ({
    version,
    file: path.join(versionsFolder(draft, api.name), file),
    publishedAt,
    state: retired !== undefined ? 'retired' : deprecated !== undefined ? 'deprecated' : 'published',
    notice: retired ?? deprecated ?? null,
  }));
  const routes = api.strictRoutes === true ? 'strict' : 'open';
  return { draft, draftState, routes, current, versions: listed.reverse(), trouble };
}

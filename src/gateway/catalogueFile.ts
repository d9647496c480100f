import { readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import type { Budget } from '../shared/budget.ts';
import type { Catalogue, CatalogueProblem } from '../shared/catalogue.ts';
import { plain, text } from '../shared/text.ts';
import type { ModelRoute } from './modelRoutes/modelRoute.ts';
import { loadCatalogue, type LoadedCatalogue } from './includes/loadCatalogue.ts';
import type { ResolvedApi } from './parts.ts';
import { resolveApis } from './resolveApis.ts';
import { watchFile } from './watchFile.ts';

/** What `tollgate.jsonc` says: the configuration in force, and what is wrong with the text as it is now. */
export interface CatalogueState {
  readonly apis: readonly ResolvedApi[];
  /** Aliases of models. */
  readonly routes: readonly ModelRoute[];
  readonly guardrails: Catalogue['guardrails'];
  /** What all APIs together may spend. */
  readonly budget: Budget | null;
  readonly redact: Catalogue['redact'];
  /** The whole catalogue, where it says who may call what; null where everyone may, as if there were no such thing. */
  readonly access: Catalogue | null;
  readonly problems: readonly CatalogueProblem[];
  /** The files that it includes, also those that are not there. */
  readonly files: readonly string[];
}

/** The file while a gateway runs. */
export interface CatalogueFile {
  readonly state: CatalogueState;
  onChanged(listener: (state: CatalogueState) => void): void;
  /** Reads it now, without waiting to hear that it changed. */
  reload(): Promise<void>;
  dispose(): void;
}

const nothing: CatalogueState = {
  apis: [],
  routes: [],
  guardrails: {},
  budget: null,
  redact: undefined,
  access: null,
  problems: [],
  files: [],
};

/** Reads the file, and reads it again whenever it changes. A broken text leaves the last good configuration in force. */
export async function openCatalogueFile(file: string | null): Promise<CatalogueFile> {
  let state = file === null ? nothing : next(nothing, await contentOf(file), true);
  let disposed = false;
  const listeners: ((state: CatalogueState) => void)[] = [];
  const readAgain = async (): Promise<void> => {
    if (file === null) return;
    let content = await contentOf(file);
    if (state.apis.length > 0 && isBlank(content)) {
      // Most programs empty a file, or remove it, before they write it anew.
      await setTimeout(rewriteMilliseconds);
      content = await contentOf(file);
    }
    if (disposed) return;
    const changed = next(state, content, false);
    if (JSON.stringify(changed) === JSON.stringify(state)) return;
    state = changed;
    watchIncluded();
    for (const listener of listeners) listener(state);
  };
  let reading: Promise<void> = Promise.resolve();
  /** One after the other: what was read first must not come to count last. */
  const reload = (): Promise<void> => {
    reading = reading.then(readAgain);
    return reading;
  };
  let included: readonly { readonly file: string; dispose(): void }[] = [];
  const watchIncluded = (): void => {
    const { files } = state;
    for (const one of included) if (!files.includes(one.file)) one.dispose();
    included = files.map(
      (one) => included.find((known) => known.file === one) ?? { file: one, ...watchFile(one, () => void reload()) },
    );
  };
  watchIncluded();
  const watcher = file === null ? null : watchFile(file, () => void reload());
  return {
    get state() {
      return state;
    },
    onChanged: (listener) => void listeners.push(listener),
    reload,
    dispose: () => {
      disposed = true;
      watcher?.dispose();
      for (const one of included) one.dispose();
    },
  };
}

/** How long a file may be empty or gone while it is written anew. */
const rewriteMilliseconds = 400;

function isBlank(content: Content): boolean {
  return content === null || ('text' in content && content.text.trim() === '');
}

type Content = { readonly text: string; readonly loaded: LoadedCatalogue } | { readonly unreadable: string } | null;

async function contentOf(file: string): Promise<Content> {
  try {
    const found = await readFile(file, 'utf8');
    return { text: found, loaded: await loadCatalogue(file, found) };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}

/** At the start there is no good configuration yet, so then whatever can be served is. */
function next(last: CatalogueState, content: Content, atStart: boolean): CatalogueState {
  if (content === null) return nothing;
  if ('unreadable' in content) {
    const start = { line: 0, character: 0 };
    const message = plain(text('This file cannot be read: {0}', content.unreadable));
    return { ...last, problems: [{ severity: 'error', message, start, end: start }] };
  }
  const { catalogue, files, locate, problems: found } = content.loaded;
  if (catalogue === null) return { ...last, problems: found, files };
  const resolved = resolveApis(catalogue);
  const problems = [...found, ...resolved.problems.map(locate)];
  const broken = problems.some(({ severity }) => severity === 'error');
  if (broken && !atStart && last !== nothing) return { ...last, problems, files };
  const access = declaresAccess(catalogue) ? catalogue : null;
  const { apis, routes } = resolved;
  return {
    apis,
    routes,
    guardrails: catalogue.guardrails,
    budget: catalogue.budget ?? null,
    redact: catalogue.redact,
    access,
    problems,
    files,
  };
}

function declaresAccess({ apis, teams, applications, plans, budgets }: Catalogue): boolean {
  const some = [teams, applications, plans, budgets].some((one) => Object.keys(one).length > 0);
  return some || Object.values(apis).some(({ access = 'open' }) => access !== 'open');
}

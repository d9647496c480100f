import { stringify } from 'yaml';
import type { CatalogueProblem } from '../../../shared/catalogue.ts';
import type { DescriptionChange, SampleCall } from '../../../shared/lifecycle.ts';
import { checkDescription } from './checkDescription.ts';
import { compareDescriptions } from './compare.ts';
import { inferDescription } from './inferDescription.ts';
import { routeTable, type RouteTable } from './routeTable.ts';
import { nextVersion, withVersion } from './versions.ts';

/** A description's text, and the name that says in which language it is. */
export interface NamedText {
  readonly text: string;
  readonly name: string;
}

/** What a text holds. */
export interface ReadDescription {
  /** Null where it cannot be used. */
  readonly table: RouteTable | null;
  readonly problems: readonly CatalogueProblem[];
}

/** All that is done with texts of descriptions: none of it on the thread that forwards calls. */
export interface Workshop {
  read(description: NamedText): Promise<ReadDescription>;
  /** What differs, and the version that the second should have; both have been read before. */
  compare(
    before: NamedText | null,
    after: NamedText,
  ): Promise<{ readonly changes: readonly DescriptionChange[]; readonly suggested: string }>;
  withVersion(description: NamedText, version: string): Promise<string>;
  /** A description in YAML. */
  infer(title: string, server: string, calls: readonly SampleCall[]): Promise<string>;
}

/** The workshop, wherever it runs. */
export const workshop: Workshop = {
  read: ({ text, name }) => {
    const { description, problems } = checkDescription(text, name);
    return Promise.resolve({ table: description === null ? null : routeTable(description), problems });
  },
  compare: (before, after) => {
    const old = before === null ? null : checkDescription(before.text, before.name).description;
    const now = checkDescription(after.text, after.name).description;
    if (now === null) return Promise.resolve({ changes: [], suggested: '' });
    const { version } = routeTable(now);
    if (old === null) return Promise.resolve({ changes: [], suggested: version });
    const changes = compareDescriptions(old, now);
    const step = changes.some(({ breaking }) => breaking)
      ? 'major'
      : changes.some(({ kind }) => kind === 'added')
        ? 'minor'
        : 'patch';
    const { version: published } = routeTable(old);
    return Promise.resolve({ changes, suggested: version === published ? nextVersion(published, step) : version });
  },
  withVersion: ({ text, name }, version) => Promise.resolve(withVersion(text, name, version)),
  infer: (title, server, calls) =>
    Promise.resolve(stringify(inferDescription(title, server, calls), { aliasDuplicateObjects: false, lineWidth: 0 })),
};

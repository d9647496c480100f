import type { CatalogueProblem } from './catalogue.ts';

/** How far a published version is on its way out. */
export type VersionState = 'published' | 'deprecated' | 'retired';

/** What callers of a version that is on its way out are told. Moments are ISO 8601. */
export interface VersionNotice {
  readonly since: string;
  /** When it is expected to stop answering (RFC 8594); null where that is not decided. */
  readonly sunset: string | null;
  /** A page that explains it. */
  readonly link: string | null;
  /** Where to go: another published version, or a URL. */
  readonly successor: string | null;
}

/** One version of an API's description, as it was published. */
export interface PublishedVersion {
  readonly version: string;
  /** Absolute path of its file. */
  readonly file: string;
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly state: VersionState;
  /** Null while it is not on its way out. */
  readonly notice: VersionNotice | null;
}

/** An API's description: its draft, and the versions that were published. */
export interface ApiLifecycle {
  /** Absolute path, whether there is such a file or not. */
  readonly draft: string;
  /** The draft against the version in force. */
  readonly draftState: 'missing' | 'unpublished' | 'same' | 'changed';
  readonly routes: 'strict' | 'open';
  /** The version that calls without one are held to; null before the first was published. */
  readonly current: string | null;
  /** In the order in which they were published, the last first. */
  readonly versions: readonly PublishedVersion[];
  /** Why the version in force cannot be used; null where it can, or there is none. */
  readonly trouble: string | null;
}

/** Where a description comes from. Text is in YAML or JSON; `name` is what it is called, as in `orders.yaml`. */
export type DescriptionSource =
  | { readonly kind: 'text'; readonly text: string; readonly name: string }
  | { readonly kind: 'url'; readonly url: string }
  /** What the log has of the API, as far as it matches a filter. */
  | { readonly kind: 'traffic'; readonly filter: string }
  | { readonly kind: 'calls'; readonly calls: readonly SampleCall[] };

/** One recorded call, redacted as all that is recorded. */
export interface SampleCall {
  readonly method: string;
  /** Path and query, as sent to the upstream. */
  readonly path: string;
  readonly status: number;
  readonly requestType: string | null;
  readonly responseType: string | null;
  /** Decoded texts of whole bodies; null where there is none, or it was cut. */
  readonly requestBody: string | null;
  readonly responseBody: string | null;
}

/** What an import wrote. */
export interface ImportedDescription {
  /** Absolute path of the draft. */
  readonly draft: string;
  readonly operations: number;
  /** Calls it was inferred from; null where it was not. */
  readonly calls: number | null;
  readonly problems: readonly CatalogueProblem[];
}

/** One difference between two descriptions. */
export interface DescriptionChange {
  readonly kind: 'added' | 'removed' | 'changed';
  /** Whether a program that worked before may stop working. */
  readonly breaking: boolean;
  /** As in `GET /orders/{id}`; null for what concerns the whole. */
  readonly operation: string | null;
  readonly message: string;
}

/** The draft against the version in force. */
export interface DescriptionChanges {
  /** Null before the first was published. */
  readonly from: string | null;
  readonly to: string;
  readonly changes: readonly DescriptionChange[];
  /** The version that the draft might have, by Semantic Versioning. */
  readonly suggested: string;
}

/** The life cycle of APIs, as a part of what one may ask of a gateway. */
export interface LifecycleApi {
  /**
   * Writes an API's draft and declares it in `tollgate.jsonc`. Fails with `no_description` where the source has none,
   * with `draft_exists` where there is another draft and `replace` does not say otherwise.
   */
  importDescription(api: string, from: DescriptionSource, replace?: boolean): Promise<ImportedDescription>;
  /** What is wrong with the text of a description. Lines and characters count from 0. */
  checkDescription(text: string, name: string): Promise<readonly CatalogueProblem[]>;
  /** Fails with `no_draft` and `draft_invalid`. */
  descriptionChanges(api: string): Promise<DescriptionChanges>;
  /**
   * Publishes the draft and puts it in force; `version` is written to it first. Fails with `no_draft`, `draft_invalid`,
   * `version_exists`, and with `nothing_to_publish` where the version in force is the same.
   */
  publishDescription(api: string, version?: string | null): Promise<ApiLifecycle>;
  /** Puts an earlier version in force, by default the one published before. Fails with `unknown_version`. */
  rollBackDescription(api: string, version?: string | null): Promise<ApiLifecycle>;
  /** Null takes the notice back. Fails with `unknown_version` and `notice_invalid`. */
  deprecateVersion(api: string, version: string, notice: Partial<VersionNotice> | null): Promise<ApiLifecycle>;
  /** Calls to it are answered 410; null puts it back into service. Fails as `deprecateVersion` does. */
  retireVersion(api: string, version: string, notice: Partial<VersionNotice> | null): Promise<ApiLifecycle>;
}

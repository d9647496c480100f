import type { InterceptMode } from '../../shared/settings.ts';

/** What was found out about the way from a program's call to its squiggle. */
export interface CaptureFacts {
  /** Who asks: an editor, which can mend much by itself, or a shell. */
  readonly asker: 'editor' | 'shell';
  readonly catalogue: {
    readonly file: string;
    readonly exists: boolean;
    readonly problems: number;
    readonly apis: number;
  };
  readonly gateway: { readonly kind: 'stopped' | 'starting' | 'running' | 'failed'; readonly message: string };
  /** Who answers at the gateway's port; null where no port is known. */
  readonly port: { readonly number: number; readonly answer: 'gateway' | 'stranger' | 'nobody' } | null;
  readonly stateFile: { readonly file: string; readonly state: 'fresh' | 'stale' | 'missing' };
  readonly recording: {
    readonly on: boolean;
    readonly paused: boolean;
    readonly hosts: readonly string[];
    /** What is wrong with it, in a sentence; null where nothing is, or nobody can say. */
    readonly problem: string | null;
  };
  readonly preloads: { readonly wanted: boolean; readonly missing: readonly string[] };
  readonly baseUrls: boolean;
  readonly intercept: { readonly mode: InterceptMode; readonly hasAuthority: boolean };
  /** Null where that is not to be known. */
  readonly terminals: { readonly open: number; readonly stale: readonly string[] } | null;
  /** What programs started now would get; null where it could not be tried out. */
  readonly shell: {
    /** Whether `TOLLGATE_STATE` names the gateway's state file. */
    readonly state: boolean;
    readonly runtimes: readonly RuntimeFacts[];
  } | null;
  /** Notes of preloads since the gateway began. */
  readonly notes: { readonly processes: readonly number[]; readonly newestAt: number | null } | null;
  /** The newest calls in the log, and how many of them have no line. */
  readonly calls: { readonly newest: number; readonly withoutLine: number };
  /** In milliseconds since 1970. */
  readonly now: number;
}

/** A runtime as the shell finds it. */
export interface RuntimeFacts {
  readonly name: 'Node' | 'Python';
  /** Null where there is none. */
  readonly version: string | null;
  /** Whether its variable names the preload. */
  readonly preloaded: boolean;
}

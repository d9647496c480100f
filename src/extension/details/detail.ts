import type { AuditQuery } from '../../shared/accessApi.ts';
import type { AccessNode } from '../access/accessNodes.ts';

/** What a page of details shows and lets one change, apart from how it looks. */
export interface Detail {
  readonly title: string;
  /** As in `Application · webshop`. */
  readonly subtitle: string;
  readonly state: { readonly label: string; readonly tone: 'good' | 'warning' | 'bad' | 'quiet' } | null;
  readonly actions: readonly Action[];
  readonly facts: readonly Fact[];
  readonly form: Form | null;
  readonly lists: readonly List[];
  /** What of the audit trail is about it; null for nothing. */
  readonly history: AuditQuery | null;
}

/** A command, given what the page is about. */
export interface Action {
  readonly label: string;
  readonly icon: string;
  readonly command: string;
  readonly argument: unknown;
}

export interface Fact {
  readonly label: string;
  readonly value: string;
  /** From 0 to 1, where it is drawn as a bar. */
  readonly share?: number;
}

/** Members of an object in `tollgate.jsonc` that can be changed. */
export interface Form {
  readonly path: readonly string[];
  readonly fields: readonly Field[];
}

interface FieldBase {
  /** Below the form's path. */
  readonly path: readonly string[];
  readonly label: string;
  readonly hint?: string;
  /** Said where what was typed is not what the kind of field, its pattern or its bounds ask for. */
  readonly wrong?: string;
  /** Said where it is empty, and must not be. */
  readonly needed?: string;
  /** What it says nothing without, and what is said then. */
  readonly goesWith?: { readonly path: readonly string[]; readonly message: string };
}

/** One member. Empty text takes it out of the file. */
export type Field = FieldBase &
  (
    | { readonly kind: 'text' | 'area'; readonly value: string; readonly pattern?: string; readonly longest?: number }
    | {
        readonly kind: 'number';
        readonly value: string;
        /** `1` for whole numbers, `any` or the width of a step for others. */
        readonly step: string;
        /** 1 by default. */
        readonly least?: number;
        readonly most?: number;
        readonly above?: number;
      }
    | { readonly kind: 'list'; readonly value: string }
    | { readonly kind: 'check'; readonly value: boolean }
    | { readonly kind: 'choice'; readonly value: string; readonly options: readonly Option[] }
    | { readonly kind: 'choices'; readonly value: readonly string[]; readonly options: readonly Option[] }
  );

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** What belongs to it, each with a page of its own. */
export interface List {
  readonly title: string;
  readonly empty: string;
  readonly rows: readonly AccessNode[];
}

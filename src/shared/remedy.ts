import type { AccountReport } from './account.ts';
import type { Finding } from './finding.ts';
import type { Provider } from './provider.ts';
import type { CredentialState } from './secret.ts';
import type { Text } from './text.ts';

/** The document with the call site, as fixes see it. Lines count from 0, offsets are UTF-16 units. */
export interface SourceDocument {
  readonly text: string;
  /** VS Code's language id: `typescript`, `python`, `json` … */
  readonly languageId: string;
  readonly line: number;
}

/** Replaces `start` to `end` of a document's text. */
export interface SourceEdit {
  readonly start: number;
  readonly end: number;
  readonly newText: string;
}

/** What a value that fixes change is for. */
export type Purpose = 'model' | 'maxTokens' | 'baseUrl';

/** Another file of the workspace, which holds a value of the call that its own source does not. */
export interface OtherSource {
  readonly file: string;
  /** How people in this workspace call the file. */
  readonly label: string;
  readonly languageId: string;
  readonly text: string;
  readonly purpose: Purpose;
  /** The names that lead to the value; empty where only the value itself tells that it is the one. */
  readonly path: readonly string[];
  /** False where another file may be the one that counts: then the change is shown before it is made. */
  readonly sure: boolean;
}

/** All that a fix may look at. */
export interface FixContext {
  readonly finding: Finding;
  readonly provider: Provider | null;
  /** Null where there is no call site, or its document cannot be read. */
  readonly document: SourceDocument | null;
  /** The gateway's URL of the API, or null where the call was not to a declared one. */
  readonly apiUrl: string | null;
  readonly credential: CredentialState | null;
  /** Where else values of this call are written. */
  readonly elsewhere?: readonly OtherSource[];
  /** The workspace's `tollgate.jsonc`, or the file it includes that declares the API; `others` has the texts beside. */
  readonly catalogue?:
    (Pick<OtherSource, 'file' | 'label' | 'languageId' | 'text'> & { readonly others?: readonly string[] }) | null;
  /** What was found out about the account, where somebody asked for this very call. */
  readonly account?: AccountReport | null;
}

/** What a gateway or the editor can be asked to do about a finding. */
export type RemedyCall =
  | 'replay'
  | 'verifyAccount'
  | 'refreshAndReplay'
  | 'setCredential'
  | 'troubleshoot'
  | 'showInLog'
  | 'copyReport'
  | 'startApi'
  | 'openCatalogue';

/** One thing that helps. `id` is stable: the name of the fix, and a suffix where it offers several. */
export type Remedy =
  | {
      readonly kind: 'edit';
      readonly id: string;
      readonly title: Text;
      readonly edits: readonly SourceEdit[];
      /** What is edited, where it is not the document with the call site. */
      readonly other?: OtherSource;
      /** Whether what is edited counts only once it is saved. */
      readonly save?: true;
    }
  | { readonly kind: 'open'; readonly id: string; readonly title: Text; readonly url: string }
  | { readonly kind: 'call'; readonly id: string; readonly title: Text; readonly call: RemedyCall }
  | {
      readonly kind: 'run';
      readonly id: string;
      readonly title: Text;
      readonly command: string;
      readonly args: readonly unknown[];
    };

/** A fix: pure, and empty-handed where it has nothing to offer. */
export type Fix = (context: FixContext) => readonly Remedy[];

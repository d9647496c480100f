import { text, type Text } from '../../shared/text.ts';
import type { StepState } from '../../shared/troubleshooting.ts';
import type { CaptureFacts } from './captureFacts.ts';

/** One link of the chain from a program's call to its squiggle. */
export interface CaptureCheck {
  readonly id: string;
  readonly title: Text;
  readonly state: Exclude<StepState, 'running'>;
  /** What was found, and what to do where something is wrong. */
  readonly sentence: Text;
  /** What the editor can do about it, as one of its commands. */
  readonly remedy: { readonly title: Text; readonly command: string; readonly args: readonly unknown[] } | null;
}

/** Looks at one link. */
export type Check = (facts: CaptureFacts) => CaptureCheck;

/** What one of Tollgate's own commands does about it. */
export const remedy = (title: Text, command: string, ...args: readonly unknown[]): CaptureCheck['remedy'] => ({
  title,
  command: `tollgate.${command}`,
  args,
});

/** Builds one link. */
export function link(
  id: string,
  title: Text,
  state: CaptureCheck['state'],
  sentence: Text,
  mend: CaptureCheck['remedy'] = null,
): CaptureCheck {
  return { id, title, state, sentence, remedy: mend };
}

/** Opens a setting. */
export const settings = (name: string): CaptureCheck['remedy'] => ({
  title: text('Open Settings'),
  command: 'workbench.action.openSettings',
  args: [name],
});

import { text, type Text } from '../../shared/text.ts';
import type { CaptureFacts } from './captureFacts.ts';
import { catalogue, gateway, port, recording, stateFile } from './gatewayChecks.ts';
import type { CaptureCheck } from './link.ts';
import { notes, preloads, reach, runtimes, shell, terminals } from './programChecks.ts';

/** Checks each link, in the order in which a call passes them. */
export function captureChecks(facts: CaptureFacts): readonly CaptureCheck[] {
  return [
    catalogue,
    gateway,
    port,
    stateFile,
    recording,
    preloads,
    terminals,
    shell,
    ...runtimes(facts),
    reach,
    notes,
  ].map((check) => check(facts));
}

/** What it all comes to. */
export function captureConclusion(checks: readonly CaptureCheck[]): Text {
  const [first] = checks.filter(({ state }) => state === 'problem');
  if (first !== undefined) return first.sentence;
  const [open] = checks.filter(({ state }) => state === 'needsYou');
  return open?.sentence ?? text('Every link that could be checked is in order. Run a program and look again.');
}

import type { Fix } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';

/** Nobody leaves a window open for longer than this, in milliseconds. */
const longest = 24 * 3_600_000;

/** Sends the call again at the time that the refusal names. */
export const waitAndReplay: Fix = ({ finding }) => {
  const { retry, relief } = finding.diagnosis;
  if (finding.api === null || relief !== undefined || !retry.helps || retry.afterSeconds === null) return [];
  const at = finding.lastAt + retry.afterSeconds * 1000;
  if (at - Date.now() > longest || at <= Date.now()) return [];
  return [
    {
      ...{ kind: 'run', id: 'waitAndReplay', command: 'tollgate.waitAndReplay' },
      title: text('Wait until {0} and replay', clock(at, retry.afterSeconds)),
      args: [finding.exchangeId, at],
    },
  ];
};

/** The local time of day; with seconds where minutes would not tell. */
function clock(at: number, seconds: number): string {
  const { length } = seconds < 120 ? 'HH:MM:SS' : 'HH:MM';
  return new Date(at).toTimeString().slice(0, length);
}

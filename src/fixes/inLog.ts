import { findingSeverity } from '../shared/finding.ts';
import type { Fix } from '../shared/remedy.ts';
import { text } from '../shared/text.ts';

/** Sends the call again: after the wait that was asked for, or once the cause is mended. */
export const replay: Fix = ({ finding }) => {
  const { retry } = finding.diagnosis;
  const wait = retry.afterSeconds === null ? null : spell(retry.afterSeconds);
  const title =
    retry.helps && wait !== null
      ? text('Replay the call (wait {0} first)', wait)
      : findingSeverity(finding.diagnosis) === 'warning'
        ? text('Replay the call')
        : text('Replay the call, once this is mended');
  return [{ kind: 'call', id: 'replay', title, call: 'replay' }];
};

/** Shows the exchange. */
export const showInLog: Fix = () => [
  { kind: 'call', id: 'showInLog', title: text('Show the call in the log'), call: 'showInLog' },
];

/** Copies a redacted report for whoever has to act. */
export const copyReport: Fix = ({ finding }) => {
  const theirs = finding.diagnosis.responsibleParty === 'gateway_operator';
  const title = theirs
    ? text('Copy a report for whoever runs {0}', finding.host)
    : text('Copy a report without secrets');
  return [{ kind: 'call', id: 'copyReport', title, call: 'copyReport' }];
};

/** Opens the declaration of the API, where its address or credential may be wrong. */
export const openCatalogue: Fix = ({ finding }) =>
  finding.api !== null &&
  (finding.diagnosis.cause === 'configuration_error' || finding.diagnosis.cause === 'region_or_policy')
    ? [
        {
          kind: 'call',
          id: 'openCatalogue',
          title: text('Open the declaration of {0}', finding.api),
          call: 'openCatalogue',
        },
      ]
    : [];

function spell(seconds: number): string {
  if (seconds < 120) return `${String(Math.ceil(seconds))} s`;
  if (seconds < 7200) return `${String(Math.ceil(seconds / 60))} min`;
  if (seconds < 172_800) return `${String(Math.ceil(seconds / 3600))} h`;
  return `${String(Math.ceil(seconds / 86_400))} d`;
}

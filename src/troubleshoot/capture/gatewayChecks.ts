import { text } from '../../shared/text.ts';
import { link, remedy, settings, type Check } from './link.ts';

/** Whether anything is declared that could be called. */
export const catalogue: Check = ({ catalogue: { file, exists, problems, apis } }) => {
  const title = text('APIs are declared');
  const open = remedy(text('Open Configuration'), 'openConfiguration');
  if (!exists)
    return link(
      'catalogue',
      title,
      'problem',
      text('There is no {0}. Add an API, and it is made.', file),
      remedy(text('Add an API…'), 'addApi'),
    );
  if (problems > 0)
    return link(
      'catalogue',
      title,
      'problem',
      text('{0} has {1} mistakes, so that some of it is not in force. Mend it.', file, problems),
      open,
    );
  if (apis === 0)
    return link(
      'catalogue',
      title,
      'problem',
      text('{0} declares no API. Add one.', file),
      remedy(text('Add an API…'), 'addApi'),
    );
  return link('catalogue', title, 'ok', text('{0} declares APIs: {1}.', file, apis), open);
};

/** Whether the gateway runs. */
export const gateway: Check = ({ gateway: { kind, message }, asker }) => {
  const title = text('The gateway runs');
  switch (kind) {
    case 'running':
      return link('gateway', title, 'ok', text('It runs.'), remedy(text('Restart Gateway'), 'restartGateway'));
    case 'starting':
      return link('gateway', title, 'unknown', text('It is just starting. Check again in a moment.'));
    case 'failed':
      return link(
        'gateway',
        title,
        'problem',
        text('It cannot run: {0}', message),
        remedy(text('Restart Gateway'), 'restartGateway'),
      );
    case 'stopped':
      return asker === 'editor'
        ? link(
            'gateway',
            title,
            'problem',
            text('It is stopped. Start it.'),
            remedy(text('Start Gateway'), 'startGateway'),
          )
        : link(
            'gateway',
            title,
            'problem',
            text(
              'None runs for this folder. Start one with "tollgate serve", or run the program with "tollgate run --".',
            ),
          );
  }
};

/** Whether it is the gateway that answers at its port. */
export const port: Check = ({ port: found }) => {
  const title = text('It answers on its port');
  if (found === null) return link('port', title, 'unknown', text('Without a gateway there is no port.'));
  const { number, answer } = found;
  if (answer === 'gateway') return link('port', title, 'ok', text('Port {0} answers.', number));
  const restart = remedy(text('Restart Gateway'), 'restartGateway');
  return answer === 'stranger'
    ? link(
        'port',
        title,
        'problem',
        text(
          'On port {0} something else answers. Restart the gateway, or choose another port by "tollgate.port".',
          number,
        ),
        restart,
      )
    : link(
        'port',
        title,
        'problem',
        text('On port {0} nobody answers. Restart the gateway; a firewall may also stand between.', number),
        restart,
      );
};

/** Whether preloads can find it. */
export const stateFile: Check = ({ stateFile: { file, state } }) => {
  const title = text('Preloads can find it');
  if (state === 'fresh') return link('stateFile', title, 'ok', text('{0} names the running gateway.', file));
  const sentence =
    state === 'missing'
      ? text('There is no {0}, by which preloads find the gateway. Restart it.', file)
      : text('{0} names a gateway that is gone. Restart the gateway.', file);
  return link('stateFile', title, 'problem', sentence, remedy(text('Restart Gateway'), 'restartGateway'));
};

/** Whether what it forwards is recorded. */
export const recording: Check = ({ asker, recording: { on, paused, hosts, problem } }) => {
  const title = text('Calls are recorded');
  if (paused)
    return link(
      'recording',
      title,
      'problem',
      text('Capture is paused. Resume it.'),
      remedy(text('Resume Capture'), 'resumeCapture'),
    );
  if (asker === 'shell')
    return link(
      'recording',
      title,
      'unknown',
      text('Only the editor knows whether capture is paused or limited there.'),
    );
  if (!on)
    return link(
      'recording',
      title,
      'problem',
      text('The setting "tollgate.capture" is off for this folder. Switch it on.'),
      settings('tollgate.capture'),
    );
  if (problem !== null)
    return link('recording', title, 'problem', text('{0}', problem), remedy(text('Restart Gateway'), 'restartGateway'));
  if (hosts.length > 0)
    return link(
      'recording',
      title,
      'needsYou',
      text('Only calls to {0} are recorded, as "tollgate.captureHosts" says. Is yours among them?', hosts.join(', ')),
      settings('tollgate.captureHosts'),
    );
  return link(
    'recording',
    title,
    'ok',
    text('Nothing keeps them from being recorded.'),
    remedy(text('Open Log'), 'openLog'),
  );
};

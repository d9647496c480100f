import { text } from '../../shared/text.ts';
import type { CaptureFacts, RuntimeFacts } from './captureFacts.ts';
import { link, remedy, settings, type CaptureCheck, type Check } from './link.ts';

/** Whether the preloads' files are there. */
export const preloads: Check = ({ preloads: { wanted, missing } }) => {
  const title = text('Preloads are there');
  if (!wanted)
    return link(
      'preloads',
      title,
      'problem',
      text('The setting "tollgate.terminals.capture" is off, so that no line is noted. Switch it on.'),
      settings('tollgate.terminals.capture'),
    );
  if (missing.length > 0)
    return link(
      'preloads',
      title,
      'problem',
      text('{0} is missing or damaged. Reload the window to have it copied again.', missing.join(', ')),
      {
        title: text('Reload Window'),
        command: 'workbench.action.reloadWindow',
        args: [],
      },
    );
  return link('preloads', title, 'ok', text('Their files are in place.'));
};

/** Whether open terminals know the gateway that runs. */
export const terminals: Check = ({ terminals: found }) => {
  const title = text('Terminals are up to date');
  if (found === null) return link('terminals', title, 'unknown', text('A shell does not know when it was opened.'));
  const { open, stale } = found;
  if (stale.length === 0)
    return open === 0
      ? link(
          'terminals',
          title,
          'ok',
          text('None is open; a new one gets all it needs.'),
          remedy(text('New Terminal'), 'newTerminal'),
        )
      : link('terminals', title, 'ok', text('All were opened with the gateway as it is now.'));
  return link(
    'terminals',
    title,
    'problem',
    text(
      '{0} was opened before the gateway, and does not know it. Open a new one, and start the program there.',
      stale.join(', '),
    ),
    remedy(text('New Terminal'), 'newTerminal'),
  );
};

/** Whether programs are told of it. */
export const shell: Check = ({ shell: found, asker }) => {
  const title = text('Programs are told of the gateway');
  if (found === null)
    return link(
      'shell',
      title,
      'unknown',
      text('A new terminal could not be tried out: it has no Node, or takes long to start.'),
    );
  if (found.state) return link('shell', title, 'ok', text('TOLLGATE_STATE names the gateway’s state file.'));
  return asker === 'editor'
    ? link(
        'shell',
        title,
        'problem',
        text('TOLLGATE_STATE is not set in new terminals: the shell’s own files remove it. Look for it there.'),
      )
    : link(
        'shell',
        title,
        'problem',
        text('TOLLGATE_STATE is not set in this shell. Open a terminal in VS Code, or use "tollgate run --".'),
      );
};

/** Whether each runtime loads its preload. */
export function runtimes({ shell: found }: CaptureFacts): readonly Check[] {
  return (found?.runtimes ?? []).map((runtime) => () => runtimeCheck(runtime, found?.state === true));
}

function runtimeCheck({ name, version, preloaded }: RuntimeFacts, told: boolean): CaptureCheck {
  const title = name === 'Node' ? text('Node loads its preload') : text('Python loads its preload');
  const variable = name === 'Node' ? 'NODE_OPTIONS' : 'PYTHONPATH';
  const oldest = name === 'Node' ? [18, 0] : [3, 9];
  if (version === null) return link(name, title, 'unknown', text('There is no {0} on the path.', name));
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const [least = 0, leastMinor = 0] = oldest;
  if (major < least || (major === least && minor < leastMinor))
    return link(
      name,
      title,
      'problem',
      text(
        '{0} {1} is too old to be noted; {2} is the oldest. Its calls still show, with a line that is probably theirs.',
        name,
        version,
        oldest.join('.'),
      ),
    );
  if (!preloaded && !told)
    return link(
      name,
      title,
      'problem',
      text('{0} does not name the preload, as nothing of Tollgate is set here.', variable),
    );
  if (!preloaded)
    return link(
      name,
      title,
      'problem',
      text(
        '{0} does not name the preload. The shell’s own files (.bashrc, .zshrc, a profile) set it anew: let them add to it, or switch on VS Code’s shell integration.',
        variable,
      ),
    );
  return link(name, title, 'ok', text('{0} {1}: {2} names the preload.', name, version, variable));
}

/** Whether calls come to the gateway at all. */
export const reach: Check = ({ baseUrls, intercept: { mode, hasAuthority } }) => {
  const title = text('Calls come through the gateway');
  if (mode === 'on')
    return hasAuthority
      ? link(
          'reach',
          title,
          'ok',
          text('Preloads lead calls to the listed hosts here, and TLS is read with a certificate of this machine.'),
        )
      : link(
          'reach',
          title,
          'problem',
          text('TLS is to be read, but there is no certificate authority. Restart the gateway.'),
          remedy(text('Restart Gateway'), 'restartGateway'),
        );
  const agree = settings('tollgate.intercept.mode');
  if (baseUrls)
    return link(
      'reach',
      title,
      'ok',
      text(
        'SDKs are led here by variables such as OPENAI_BASE_URL. A program that has the vendor’s address in its code goes past it, unless you let TLS be read ("tollgate.intercept.mode").',
      ),
      agree,
    );
  return link(
    'reach',
    title,
    'needsYou',
    text(
      'Neither base URLs are set in terminals nor is TLS read, so that only calls to the gateway’s own address come here. Switch on "tollgate.terminals.baseUrls" or "tollgate.intercept.mode".',
    ),
    agree,
  );
};

/** Whether preloads have told of any line. */
export const notes: Check = ({ notes: found, calls, now }) => {
  const title = text('Lines have been noted');
  if (found === null) return link('notes', title, 'unknown', text('Without a gateway nobody reads the notes.'));
  const { processes, newestAt } = found;
  if (newestAt !== null) {
    const seconds = Math.max(0, Math.round((now - newestAt) / 1000));
    return link(
      'notes',
      title,
      'ok',
      text('The last note came {0} s ago; processes: {1}.', seconds, processes.slice(-8).join(', ')),
    );
  }
  if (calls.newest === 0)
    return link(
      'notes',
      title,
      'needsYou',
      text('No call has come yet. Run a program that calls an API, in a new terminal.'),
      remedy(text('New Terminal'), 'newTerminal'),
    );
  return link(
    'notes',
    title,
    'needsYou',
    text(
      'Calls came ({0} of the last {1} without a line), but no preload noted one: these programs have none. It is for Node and Python, and not for those with an environment of their own.',
      calls.withoutLine,
      calls.newest,
    ),
  );
};

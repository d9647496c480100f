import type { Authority } from '../gateway/intercept/authority.ts';
import { optionText, type Command, type OptionValues } from './command.ts';
import { loadGateway } from './loadGateway.ts';
import { print, say } from './output.ts';
import { trustStore } from './trustStore.ts';
import { CommandFailure, UsageError } from './usageError.ts';

export const caCommand: Command = {
  name: 'ca',
  summary: 'Show, make or remove the certificate authority of interception',
  help: `Usage: tollgate ca show [--json]
       tollgate ca make
       tollgate ca install [--root DIR]
       tollgate ca uninstall [--root DIR]
       tollgate ca remove

  show                 Where its certificate is, how long it holds, and for which hosts
  make                 Make it, for the vendors' hosts that Tollgate knows, if there is none
  install              Have this system trust it, for all programs. Nothing else ever does that
  uninstall            Take that back
  remove               Delete certificate and key; "uninstall" first where it was installed

  --root DIR           On Linux, the folder that stands for /, as that of an image
  --json               Print one JSON object

The key is readable by you alone, outside of every workspace. The certificate can vouch for no host but
those that are read, so that even whoever stole the key could not stand in for others.
`,
  options: { root: { type: 'string' }, json: { type: 'boolean' } },
  operands: 1,
  run: async (options, [what]) => {
    const gateway = await loadGateway();
    const directory = gateway.authorityFolder(process.env);
    const found = await gateway.readAuthority(directory);
    const root = optionText(options, 'root') ?? '/';
    switch (what) {
      case 'show':
        await show(needed(found), options, root);
        return 0;
      case 'make': {
        const made = found ?? (await gateway.openAuthority(directory, gateway.providerHosts()));
        await show(made, options, root);
        return 0;
      }
      case 'install': {
        const { file } = needed(found);
        const store = trustStore(root);
        await store.install(file);
        say(
          `Every program of this system now trusts it (${store.title}). Take that back with "tollgate ca uninstall".`,
        );
        return 0;
      }
      case 'uninstall': {
        const store = trustStore(root);
        await store.uninstall(found?.file ?? '');
        say(`The system does not trust it any more (${store.title}).`);
        return 0;
      }
      case 'remove':
        if (found !== null && isInstalled(found.file, root))
          throw new CommandFailure('The system trusts it. Run "tollgate ca uninstall" first.');
        await gateway.removeAuthority(directory);
        say('Removed. A gateway that runs keeps what it has until it is started anew.');
        return 0;
      case undefined:
      default:
        throw new UsageError('Say what to do: show, make, install, uninstall or remove.');
    }
  },
};

function needed(found: Authority | null): Authority {
  if (found !== null) return found;
  throw new CommandFailure('There is no certificate authority yet. Make one with "tollgate ca make".');
}

async function show({ file, certificate, hosts }: Authority, options: OptionValues, root: string): Promise<void> {
  const facts = {
    file,
    fingerprint: certificate.fingerprint256,
    validTo: new Date(certificate.validTo).toISOString(),
    hosts,
    installed: isInstalled(file, root),
  };
  if (options.json === true) {
    await print(`${JSON.stringify(facts)}\n`);
    return;
  }
  const limit =
    hosts === null ? 'any host' : `${String(hosts.length)} hosts and what is below them:\n  ${hosts.join('\n  ')}`;
  await print(
    `${facts.file}\nSHA-256 ${facts.fingerprint}\nGood until ${facts.validTo}\n` +
      `${facts.installed ? 'Trusted by this system' : 'Not known to this system: only programs that are told of it trust it'}\nFor ${limit}\n`,
  );
}

function isInstalled(file: string, root: string): boolean {
  try {
    return trustStore(root).isInstalled(file);
  } catch {
    return false;
  }
}

import type { CredentialDeclaration } from '../../shared/catalogue.ts';
import { RecentSecrets, type Credential, type CredentialContext } from './credential.ts';
import { Renewable, type Renewal } from './renewable.ts';
import { runCommand } from './runCommand.ts';
import { jwtLife } from './token.ts';
import { tokenState } from './tokenState.ts';

const timeout = 30_000;
/** For a token that does not say how long it lives, where the declaration does not either. */
const defaultLifetime = 5 * 60_000;

/** A token printed by a command, kept until it ends. The command runs when a call first needs it. */
export function commandCredential(
  { environment, onChanged }: Omit<CredentialContext, 'name'>,
  declaration: Extract<CredentialDeclaration, { type: 'command' }>,
  directory: string | undefined,
): Credential {
  const secrets = new RecentSecrets();
  const renew = async (signal: AbortSignal): Promise<Renewal> => {
    const sentAt = Date.now();
    const output = await runCommand({ command: declaration.command, environment, directory, timeout, signal });
    if (output.kind === 'failed') return output;
    secrets.add(output.value);
    // By the issuer's clock: such commands often print a token that they obtained a while ago.
    const end = jwtLife(output.value)?.expiresAt ?? 0;
    const lifetime = declaration.lifetime === undefined ? defaultLifetime : declaration.lifetime * 1000;
    // One that seems over on arrival is kept for a while too, or every call would run the command.
    const expiresAt = end > sentAt ? end : sentAt + lifetime;
    return { kind: 'renewed', token: { value: output.value, expiresAt, obtainedAt: sentAt } };
  };
  // A command may be slow and costly, so an idle gateway does not run it.
  const renewable = new Renewable({ renew, onChanged, renewUnused: false });
  return {
    state: () => tokenState(renewable, 'command'),
    value: async () => (await renewable.use()).value,
    refresh: () => renewable.refresh(),
    setSecret: () => undefined,
    values: () => secrets.list(),
    dispose: () => renewable.dispose(),
  };
}

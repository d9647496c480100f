import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { GatewayHost } from '../shared/protocol.ts';
import type { Secret } from '../shared/secret.ts';
import { writePrivateFile } from './privateFile.ts';
import { CommandFailure } from './usageError.ts';

/**
 * Secrets without an editor: `<data>/secrets.json`, by credential name, readable by its owner alone. It keeps rotated
 * tokens; keys in environment variables need no file.
 */
export function fileHost(dataDirectory: string): GatewayHost {
  const file = path.join(dataDirectory, 'secrets.json');
  let saving: Promise<unknown> = Promise.resolve();
  return {
    secrets: () => readSecrets(file),
    saveSecret: (name, secret) => {
      const save = async (): Promise<void> => {
        const secrets = { ...(await readSecrets(file)), [name]: secret };
        await writePrivateFile(file, `${JSON.stringify(secrets, null, 2)}\n`);
      };
      // One at a time, or one would overwrite the other's.
      const saved = saving.then(save, save);
      saving = saved;
      return saved;
    },
  };
}

async function readSecrets(file: string): Promise<Readonly<Record<string, Secret>>> {
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw new CommandFailure(`The secrets in ${file} cannot be read: ${String(error)}`, { cause: error });
  }
  try {
    const value: unknown = JSON.parse(content);
    if (typeof value === 'object' && value !== null && Object.values(value).every(isSecret))
      return value as Record<string, Secret>;
  } catch {
    // Said below: the parser's own message would quote the content.
  }
  throw new CommandFailure(`The secrets in ${file} are damaged. Move the file away to begin anew.`);
}

function isSecret(value: unknown): value is Secret {
  if (typeof value !== 'object' || value === null || !('type' in value)) return false;
  if (value.type === 'key') return 'value' in value && typeof value.value === 'string';
  const texts = ['refreshToken', 'clientSecret', 'accessToken'];
  return (
    value.type === 'oauth2' &&
    Object.entries(value).every(([name, member]) => !texts.includes(name) || typeof member === 'string')
  );
}

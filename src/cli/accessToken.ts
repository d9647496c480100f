import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { optionText, type OptionValues } from './command.ts';
import { writePrivateFile } from './privateFile.ts';
import { UsageError } from './usageError.ts';

const shortest = 16;

/**
 * The token for control calls: `--token`, else `TOLLGATE_TOKEN`, else the one kept in `<data>/token`, made at the first
 * start. Throws a `UsageError` for one that no header can carry.
 */
export async function accessToken(options: OptionValues, dataDirectory: string): Promise<string> {
  const given = optionText(options, 'token') ?? process.env.TOLLGATE_TOKEN;
  if (given !== undefined && given !== '') {
    if (!/^[\x21-\x7e]+$/.test(given)) throw new UsageError('The token may have no spaces and only ASCII characters.');
    return given;
  }
  const file = path.join(dataDirectory, 'token');
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  if (kept.length >= shortest) return kept;
  const made = randomBytes(24).toString('base64url');
  await writePrivateFile(file, `${made}\n`);
  return made;
}

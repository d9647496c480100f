import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { ChannelError } from '../../shared/channel.ts';
import type { PromptVersion } from '../../shared/prompts.ts';
import { plain, text } from '../../shared/text.ts';

const run = promisify(execFile);
const patience = 10_000;
const longest = 32 * 1024 * 1024;

/** What a commit, tag or branch may look like: nothing that git would take for an option or a path. */
const revisionPattern = /^[A-Za-z0-9_][\w./@^~+-]{0,199}$/;

/** Reads a file as it was in a commit. Fails with `unknown_version`. */
export async function readRevision(root: string, file: string, revision: string): Promise<Buffer> {
  if (!revisionPattern.test(revision) || revision.includes('..')) throw unknown(file, revision);
  try {
    const [realRoot, real] = await Promise.all([realpath(root), realpath(path.dirname(file))]);
    const inside = path
      .relative(realRoot, path.join(real, path.basename(file)))
      .split(path.sep)
      .join('/');
    // `./` makes the path count from the folder, which need not be the repository's own. Filters are not run.
    const asked = ['-C', realRoot, 'cat-file', 'blob', `${revision}:./${inside}`];
    const { stdout } = await run('git', asked, { encoding: 'buffer', timeout: patience, maxBuffer: longest });
    return stdout;
  } catch (error) {
    throw unknown(file, revision, error);
  }
}

/** The commits that changed a file, newest first; none where there is no git. */
export async function versionsOf(root: string, file: string): Promise<readonly PromptVersion[]> {
  try {
    const format = '--format=%h%x09%cI%x09%s';
    const asked = ['-C', root, 'log', '-n', '50', '--no-show-signature', format, '--', file];
    const { stdout } = await run('git', asked, { timeout: patience, maxBuffer: longest });
    return stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => {
        const [revision = '', at = '', ...subject] = line.split('\t');
        return { revision, at, subject: subject.join('\t') };
      });
  } catch {
    return [];
  }
}

/** The name under which git keeps a content, shortened: it changes with each byte, and needs no git. */
export function contentName(content: Buffer): string {
  return createHash('sha1')
    .update(`blob ${String(content.byteLength)}\0`)
    .update(content)
    .digest('hex')
    .slice(0, 12);
}

function unknown(file: string, revision: string, cause?: unknown): ChannelError {
  const said = text('There is no version "{0}" of {1} in git.', revision, path.basename(file));
  return new ChannelError('unknown_version', plain(said), { cause });
}

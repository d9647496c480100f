import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod';
import { ChannelError } from '../../shared/channel.ts';
import { plain, text } from '../../shared/text.ts';
import { versionPattern } from './description/names.ts';

const moment = z.iso.datetime({ offset: true });
const notice = z.strictObject({
  since: moment,
  sunset: moment.nullable().default(null),
  link: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null),
  successor: z.string().min(1).nullable().default(null),
});

const schema = z.strictObject({
  $comment: z.string().optional(),
  current: z.string().nullable(),
  versions: z.array(
    z.strictObject({
      version: z.string().regex(versionPattern),
      publishedAt: moment,
      file: z.string().regex(/^[^/\\]+$/),
      digest: z.string(),
      deprecated: notice.optional(),
      retired: notice.optional(),
    }),
  ),
});

/** What is known of an API's published versions: a file in the workspace, so that sharing it is a commit. */
export type VersionsIndex = z.infer<typeof schema>;
export type IndexedVersion = VersionsIndex['versions'][number];

/** The name of the index within the folder of versions. */
const indexName = 'versions.json';
const comment = 'Written by Tollgate when a version is published, rolled back, deprecated or retired. Commit it.';

/** The folder of an API's published versions: beside its draft. */
export function versionsFolder(draft: string, api: string): string {
  return path.join(path.dirname(draft), `${api}.versions`);
}

/** No versions where there is no index. Fails with `versions_damaged` where it cannot be read. */
export async function readVersions(folder: string): Promise<VersionsIndex> {
  const file = path.join(folder, indexName);
  let content: string;
  try {
    content = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR'))
      return { current: null, versions: [] };
    throw error;
  }
  try {
    return schema.parse(JSON.parse(content));
  } catch (error) {
    const message = plain(text('{0} cannot be read. Take it back from version control, or mend it by hand.', file));
    throw new ChannelError('versions_damaged', message, { cause: error });
  }
}

/** Replaces the index at once, so that nobody reads half of it. */
export async function writeVersions(folder: string, { current, versions }: VersionsIndex): Promise<void> {
  await mkdir(folder, { recursive: true });
  const content = `${JSON.stringify({ $comment: comment, current, versions }, null, 2)}\n`;
  await replaceFile(path.join(folder, indexName), content);
}

/** Writes beside the file, then puts it in its place. */
export async function replaceFile(file: string, content: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const beside = `${file}.${process.pid}.tmp`;
  await writeFile(beside, content);
  await rename(beside, file);
}

/** Tells whether a text is the one that was published; line ends, which version control may change, do not count. */
export function digestOf(content: string): string {
  const unified = content.replace(/^\uFEFF/, '').replace(/\r\n/g, '\n');
  return `sha256-${createHash('sha256').update(unified).digest('base64')}`;
}

import { Untranslatable } from '../translation.ts';
import type { UserPart } from './sdk.ts';

type FilePart = Extract<UserPart, { type: 'file' }>;

/** A file from a URL, of the scheme `data` (RFC 2397) or another. `mediaType` is what to take it for where the URL does not say. */
export function fileFrom(url: string, mediaType: string, filename?: string): FilePart {
  const name = filename === undefined ? {} : { filename };
  const [, type = '', coding = '', data = ''] = /^data:([^;,]*)((?:;[^,]*)?),(.*)$/s.exec(url) ?? [];
  if (url.startsWith('data:'))
    return {
      type: 'file',
      mediaType: type === '' ? mediaType : type,
      data: coding.endsWith(';base64') ? data : Buffer.from(decodeURIComponent(data)).toString('base64'),
      ...name,
    };
  const parsed = URL.parse(url);
  if (parsed === null || !/^(?:https?|gs|s3):$/.test(parsed.protocol))
    throw new Untranslatable('A file has to come as a data URL or a link.', 'url');
  return {
    type: 'file',
    mediaType: byName[/\.(\w+)$/.exec(parsed.pathname)?.[1]?.toLowerCase() ?? ''] ?? mediaType,
    data: parsed,
    ...name,
  };
}

const byName: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  pdf: 'application/pdf',
};

/** A file from base64 as it is. */
export function fileOf(data: string, mediaType: string, filename?: string): FilePart {
  return { type: 'file', mediaType, data, ...(filename === undefined ? {} : { filename }) };
}

/** What a result of a tool says that has no text. */
export const seeFiles = 'It is in the files that follow.';

/**
 * What a tool gave back beside its text. Few vendors take files in results of tools, so they follow upon the results, in
 * the user's name.
 */
export function filesOf(call: string, files: readonly UserPart[]): readonly UserPart[] {
  return files.length === 0 ? [] : [{ type: 'text', text: `From the result of the tool call ${call}:` }, ...files];
}

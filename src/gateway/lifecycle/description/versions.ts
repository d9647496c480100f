import { applyEdits, modify } from 'jsonc-parser';
import { isMap, isScalar, parseDocument } from 'yaml';
import { isJsonName } from './names.ts';

/** The text with another `info.version`, everything else as it was. The text has been checked. */
export function withVersion(text: string, name: string, version: string): string {
  if (isJsonName(name))
    return applyEdits(text, modify(text, ['info', 'version'], version, { formattingOptions: { insertSpaces: true } }));
  const info = parseDocument(text).get('info', true);
  const range = isMap(info) ? rangeOf(info.get('version', true)) : null;
  // Only numbers have to be quoted to be text.
  const written = /^[0-9.]*$/.test(version) && version.split('.').length < 3 ? `'${version}'` : version;
  return range === null ? text : text.slice(0, range[0]) + written + text.slice(range[1]);
}

function rangeOf(node: unknown): readonly [number, number] | null {
  return isScalar(node) && node.range ? [node.range[0], node.range[1]] : null;
}

/** The version after one that breaks programs, adds something, or does neither (Semantic Versioning 2.0.0). */
export function nextVersion(version: string, step: 'major' | 'minor' | 'patch'): string {
  const [, major, minor = '0', patch = '0'] = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?/.exec(version) ?? [];
  if (major === undefined) return `${version}.1`;
  // Before 1.0.0 whatever breaks raises the second number.
  if (step === 'major' && major !== '0') return `${Number(major) + 1}.0.0`;
  if (step === 'patch') return `${major}.${minor}.${Number(patch) + 1}`;
  return `${major}.${Number(minor) + 1}.0`;
}

import { readFileSync } from 'node:fs';

/** Tollgate's version, from its manifest. */
export function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(new URL(`${root()}package.json`, import.meta.url), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '';
}

/** The way from this module to Tollgate's folder: it stands in `src/cli/`, or bundled in `dist/`. */
function root(): string {
  return import.meta.url.endsWith('.ts') ? '../../' : '../';
}

import path from 'node:path';

/** The repository. */
export const root = path.resolve(import.meta.dirname, '../..');

/** Git-ignored: downloaded editors and browsers. */
export const cache = path.join(root, '.vscode-test');

/** The package that `npm test` builds and installs. */
export const vsix = path.join(cache, 'tollgate.vsix');

/**
 * What to append to `NODE_OPTIONS` so that Node programs note their call sites: append, never replace, as people set
 * the variable themselves. `hook` is the absolute path of `register.cjs`. Node reads a backslash within quotes as an
 * escape, on Windows too (its command-line documentation, "NODE_OPTIONS").
 */
export function nodeOption(hook: string): string {
  return ` --require "${hook.replace(/[\\"]/g, '\\$&')}" `;
}

// What the thread that forwards calls needs to know of descriptions: without the libraries that read them.

/** Whether a file is read as JSON; all others are YAML, of which JSON is a part. */
export function isJsonName(name: string): boolean {
  return /\.json$/i.test(name);
}

/** Versions become names of files. */
export const versionPattern = /^[0-9A-Za-z][0-9A-Za-z.+_-]{0,63}$/;

/** A text with `%` sequences undone, as it is where they are broken. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

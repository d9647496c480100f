/** What went wrong in SQLite, as far as it matters for going on. */
export type SqliteFailure = 'full' | 'busy' | 'corrupt' | 'readonly' | 'other';

/** Tells by SQLite's result code (https://www.sqlite.org/rescode.html); the low byte is the primary one. */
export function sqliteFailure(error: unknown): SqliteFailure {
  const code = (error as { readonly errcode?: unknown }).errcode;
  switch (typeof code === 'number' ? code & 0xff : 0) {
    case 13:
      return 'full';
    case 5:
    case 6:
      return 'busy';
    case 11:
    case 26:
      return 'corrupt';
    case 8:
    case 14:
      return 'readonly';
    default:
      return 'other';
  }
}

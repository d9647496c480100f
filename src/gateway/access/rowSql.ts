import type { DatabaseSync, SQLInputValue, SQLOutputValue } from 'node:sqlite';

/** One table, as rows of objects: a column's name is its member's, with underscores. */
export interface Table<Row> {
  all(): readonly Row[];
  put(row: Row): void;
  clear(): void;
}

/** Reads and writes the rows of a table. `lists` are the members that are kept as JSON. */
export function openTable<Row extends object>(
  database: DatabaseSync,
  table: string,
  members: readonly (keyof Row & string)[],
  lists: readonly (keyof Row & string)[] = [],
): Table<Row> {
  const columns = members.map(columnOf).join(', ');
  const select = database.prepare(`SELECT ${columns} FROM ${table}`);
  const insert = database.prepare(
    `INSERT OR REPLACE INTO ${table} (${columns}) VALUES (${members.map(() => '?').join(', ')})`,
  );
  const remove = database.prepare(`DELETE FROM ${table}`);
  const fromColumn = (member: keyof Row & string, value: SQLOutputValue | undefined): unknown =>
    lists.includes(member) && typeof value === 'string' ? JSON.parse(value) : value;
  return {
    all: () =>
      select.all().map((row) => {
        const entries = members.map((member) => [member, fromColumn(member, row[columnOf(member)])]);
        return Object.fromEntries(entries) as Row;
      }),
    put: (row) => {
      insert.run(
        ...members.map((member) => {
          const value = row[member];
          return (Array.isArray(value) ? JSON.stringify(value) : value) as SQLInputValue;
        }),
      );
    },
    clear: () => void remove.run(),
  };
}

function columnOf(member: string): string {
  return member.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

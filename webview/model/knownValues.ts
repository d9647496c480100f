import type { RowWindow } from './rowWindow.ts';

/** Rows that are looked at. */
const most = 200;

/** Values of filter fields that the rows at hand have, for completion. */
export function knownValues(rows: Pick<RowWindow, 'count' | 'row'>): Readonly<Record<string, readonly string[]>> {
  const apis = new Set<string>();
  const models = new Set<string>();
  for (let index = 0; index < Math.min(rows.count, most); index++) {
    const row = rows.row(index);
    if (row?.api != null) apis.add(row.api);
    if (row?.model != null) models.add(row.model);
  }
  return { api: [...apis].sort(), model: [...models].sort() };
}

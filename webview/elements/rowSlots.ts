/** Pixels of a row. */
export const rowHeight = 22;
/** Rows kept beyond what can be seen, so that a quick hand meets no gap. */
const beyond = 4;

/** What can be seen of a list, in pixels: how far it is scrolled, and how much of it there is room for. */
export interface Sight {
  readonly top: number;
  readonly height: number;
}

/**
 * The rows to have, by the place that each takes: a row keeps its place while the list is scrolled, so that only what
 * comes into sight is written anew.
 */
export function rowSlots({ top, height }: Sight, count: number): readonly number[] {
  const places = Math.min(count, Math.ceil(height / rowHeight) + 1 + 2 * beyond);
  if (places === 0) return [];
  const first = Math.max(0, Math.min(Math.floor(top / rowHeight) - beyond, count - places));
  const begun = first % places;
  return Array.from({ length: places }, (_, place) => first - begun + place + (place < begun ? places : 0));
}

/** How far to scroll so that a row can be seen whole; null where it can. `height` is the room for rows. */
export function scrollToSee(index: number, top: number, height: number): number | null {
  const start = index * rowHeight;
  if (start < top) return start;
  return start + rowHeight > top + height ? start + rowHeight - height : null;
}

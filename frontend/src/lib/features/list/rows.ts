/** A run of rows; last is inclusive, and -1 when there is none. */
export interface Span {
  first: number;
  last: number;
}

const overscan = 4; // rows drawn beyond each edge

/** The rows to draw for what is scrolled into view. */
export function drawn(top: number, height: number, row: number, total: number): Span {
  const first = Math.max(0, Math.floor(top / row) - overscan);
  const last = Math.min(total - 1, Math.ceil((top + height) / row) + overscan);
  return { first: Math.min(first, Math.max(0, last)), last };
}

/** The indexes of a span, with one more row that must stay (where the focus is). */
export function indexes({ first, last }: Span, keep: number, total: number): number[] {
  const list: number[] = [];
  for (let i = first; i <= last; i++) list.push(i);
  if (keep < total && keep >= 0) {
    if (keep < first) list.unshift(keep);
    else if (keep > last) list.push(keep);
  }
  return list;
}

/** Where a key moves to from a row; null when the key does not move. */
export function moved(key: string, from: number, total: number, perPage: number): number | null {
  const to = target(key, from, total, Math.max(1, perPage - 1));
  return to === null ? null : Math.min(Math.max(to, 0), total - 1);
}

function target(key: string, from: number, total: number, page: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return from + 1;
    case 'ArrowUp':
      return from - 1;
    case 'PageDown':
      return from + page;
    case 'PageUp':
      return from - page;
    case 'Home':
      return 0;
    case 'End':
      return total - 1;
    default:
      return null;
  }
}

/** The place nearest to the present one that shows a row whole. */
export function scrolledTo(index: number, row: number, from: number, height: number): number {
  const top = index * row;
  if (top < from) return top;
  if (top + row > from + height) return top + row - height;
  return from;
}

import type { Column, ColumnField } from '$lib/api';

/** How wide a column is by itself: never narrower than least, else its share of the room. */
interface Size {
  least: number; // pixels
  share: number; // zero: least is what it takes
}

const sizes: Readonly<Record<ColumnField, Size>> = {
  name: { least: 140, share: 1.35 },
  username: { least: 150, share: 1.5 },
  company: { least: 96, share: 1.1 },
  status: { least: 132, share: 0 },
  created_at: { least: 104, share: 0 },
  last_login_at: { least: 104, share: 0 },
  activated_at: { least: 104, share: 0 },
  phone: { least: 130, share: 0 },
  city: { least: 110, share: 0.6 },
  country: { least: 110, share: 0.6 },
  tags: { least: 130, share: 0.8 },
};

/** All that a column can show, in the order they are offered. */
export const columnFields = Object.keys(sizes) as readonly ColumnField[];

/** The columns of a list that nobody changed. */
export const plainColumns: readonly Column[] = (
  ['name', 'username', 'company', 'status', 'created_at', 'last_login_at'] as const
).map((field) => ({ field, width: 0 }));

export const narrowest = 64; // pixels
export const widest = 800;

const edges = 32; // of a row, both sides
const pick = 36;
const actions = 90;

/** Columns as they were kept, without what there is no more. The name is always there. */
export function restoredColumns(kept: readonly Column[] | null | undefined): readonly Column[] {
  const known = (kept ?? []).filter(
    ({ field }, i, all) =>
      columnFields.includes(field) && all.findIndex((other) => other.field === field) === i,
  );
  if (known.length === 0) return plainColumns;
  const columns = known.map(({ field, width }) => ({ field, width: width ? bounded(width) : 0 }));
  if (columns.some(({ field }) => field === 'name')) return columns;
  return [{ field: 'name', width: 0 }, ...columns];
}

/** With a column at the end, or without it. */
export function toggled(columns: readonly Column[], field: ColumnField): readonly Column[] {
  if (field === 'name') return columns;
  const without = columns.filter((column) => column.field !== field);
  return without.length < columns.length ? without : [...columns, { field, width: 0 }];
}

/** With a column moved to a place; places beyond the ends are the ends. */
export function moved(
  columns: readonly Column[],
  field: ColumnField,
  to: number,
): readonly Column[] {
  const column = columns.find((other) => other.field === field);
  if (!column) return columns;
  const others = columns.filter((other) => other !== column);
  const at = Math.min(Math.max(to, 0), others.length);
  return [...others.slice(0, at), column, ...others.slice(at)];
}

/** With a column of a width in pixels; zero for what it takes by itself. */
export function sized(
  columns: readonly Column[],
  field: ColumnField,
  width: number,
): readonly Column[] {
  const to = width === 0 ? 0 : bounded(width);
  return columns.map((column) => (column.field === field ? { field, width: to } : column));
}

/** For grid-template-columns: the box, the columns, the actions. */
export function tracks(columns: readonly Column[]): string {
  const each = columns.map(({ field, width }) => {
    if (width > 0) return `${width}px`;
    const { least, share } = sizes[field];
    return share === 0 ? `${least}px` : `minmax(${least}px, ${share}fr)`;
  });
  const fills = columns.some(({ field, width }) => width === 0 && sizes[field].share > 0);
  return [`${pick}px`, ...each, fills ? `${actions}px` : `minmax(${actions}px, 1fr)`].join(' ');
}

/** Below this many pixels the list scrolls sideways. */
export function leastWidth(columns: readonly Column[]): number {
  const taken = columns.map(({ field, width }) => width || sizes[field].least);
  return taken.reduce((sum, width) => sum + width, edges + pick + actions);
}

function bounded(width: number): number {
  return Math.round(Math.min(Math.max(width, narrowest), widest));
}

import { describe, expect, it } from 'vitest';

import type { Column } from '$lib/api';

import {
  leastWidth,
  moved,
  plainColumns,
  restoredColumns,
  sized,
  toggled,
  tracks,
  widest,
} from './columns';

const fields = (columns: readonly Column[]): string => columns.map(({ field }) => field).join(' ');

describe('columns', () => {
  it('come and go at the end; the name stays', () => {
    const more = toggled(plainColumns, 'city');
    expect(fields(more)).toMatch(/last_login_at city$/);
    expect(fields(toggled(more, 'company'))).not.toContain('company');
    expect(toggled(more, 'name')).toBe(more);
  });

  it('move, no further than the ends', () => {
    expect(fields(moved(plainColumns, 'status', 0))).toMatch(/^status name username company/);
    expect(fields(moved(plainColumns, 'name', 99))).toMatch(/last_login_at name$/);
    expect(fields(moved(plainColumns, 'name', -1))).toBe(fields(plainColumns));
    expect(moved(plainColumns, 'tags', 0)).toBe(plainColumns);
  });

  it('have a width within bounds, or take what they need', () => {
    expect(sized(plainColumns, 'name', 9_999)[0]).toEqual({ field: 'name', width: widest });
    expect(tracks(sized(plainColumns, 'name', 200))).toMatch(/^36px 200px minmax\(150px, 1.5fr\)/);
    expect(tracks(sized(sized(plainColumns, 'name', 200), 'name', 0))).toBe(tracks(plainColumns));
  });

  it('leave the room that none takes before the actions', () => {
    const fixed = plainColumns.reduce((all, { field }) => sized(all, field, 100), plainColumns);
    expect(tracks(fixed)).toMatch(/ 100px minmax\(90px, 1fr\)$/);
    expect(tracks(plainColumns)).toMatch(/ 90px$/);
  });

  it('need a width below which the list scrolls', () => {
    expect(leastWidth(plainColumns)).toBe(884);
    expect(leastWidth(sized(plainColumns, 'name', 340))).toBe(1_084);
  });

  it('are restored without what is unknown or twice, and with a name', () => {
    expect(restoredColumns(null)).toBe(plainColumns);
    expect(restoredColumns([])).toBe(plainColumns);
    const kept = JSON.parse(
      '[{"field":"city","width":5},{"field":"shoe_size","width":9},{"field":"city","width":0}]',
    ) as Column[];
    expect(restoredColumns(kept)).toEqual([
      { field: 'name', width: 0 },
      { field: 'city', width: 64 },
    ]);
  });
});

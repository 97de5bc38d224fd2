import { expect, test } from 'vitest';

import { byDay } from './days';

test('what happened on one day stands together, in its order', () => {
  const at = (day: number, hour: number): { at: number } => ({
    at: new Date(2026, 2, day, hour).getTime(),
  });
  const list = [at(12, 23), at(12, 1), at(11, 9)];
  const days = byDay(list);
  expect(days.map(({ items }) => items)).toEqual([[list[0], list[1]], [list[2]]]);
  expect(new Set(days.map(({ day }) => day)).size).toBe(2);
});

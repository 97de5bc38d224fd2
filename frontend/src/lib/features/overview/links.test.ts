import { expect, test } from 'vitest';

import { createdRange, rangeProblem } from '$lib/state/created';
import { isFiltered, plainView } from '$lib/state/view';

import * as links from './links';

const local = (text: string): number => new Date(`${text}T00:00:00`).getTime();
const rangeOf = (filter: links.Filter) => createdRange({ ...plainView, ...filter }, Date.now());

test('a month of creation is exactly its days', () => {
  expect(rangeOf(links.madeIn('2026-02'))).toEqual({
    from: local('2026-02-01'),
    to: local('2026-03-01'),
  });
  expect(links.madeIn('2024-02').date_to).toBe('2024-02-29');
  expect(links.madeIn('2026-12').date_to).toBe('2026-12-31');
  expect(rangeOf(links.madeBefore('2025-01'))).toEqual({ from: 0, to: local('2025-01-01') });
});

test('what was activated is asked in the words of the search', () => {
  expect(links.activatedIn('2026-10').text).toBe('activated:2026-10');
  expect(links.activatedBefore('2025-01').text).toBe('activated:..2024-12');
});

test('more than a week is more than seven whole days', () => {
  const now = new Date(2026, 2, 3, 15).getTime();
  const filter = links.pendingLong(now);
  expect(filter).toMatchObject({ status: 'pending_activate', date_to: '2026-02-23' });
  expect(rangeOf(filter)).toEqual({ from: 0, to: local('2026-02-24') });
});

test('every link can be asked, and leaves no other filter set', () => {
  const month = '2026-03';
  const all = [
    links.everybody,
    links.withStatus('locked'),
    links.madeIn(month),
    links.activatedIn(month),
    links.madeBefore(month),
    links.activatedBefore(month),
    links.pendingLong(Date.now()),
  ];
  for (const filter of all) {
    expect(rangeProblem(filter)).toBeNull();
    expect(Object.keys(filter).sort()).toEqual(Object.keys(links.everybody).sort());
  }
  expect(isFiltered({ ...plainView, ...links.everybody })).toBe(false);
});

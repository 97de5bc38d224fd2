import { describe, expect, it } from 'vitest';

import { drawn, indexes, moved, scrolledTo } from './rows';

describe('the rows that are drawn', () => {
  it('are those in view and a few beyond', () => {
    expect(drawn(0, 440, 44, 100_000)).toEqual({ first: 0, last: 14 });
    expect(drawn(44 * 5_000, 440, 44, 100_000)).toEqual({ first: 4_996, last: 5_014 });
    expect(drawn(44 * 99_990, 440, 44, 100_000).last).toBe(99_999);
  });

  it('are none of an empty list', () => {
    expect(drawn(0, 440, 44, 0)).toEqual({ first: 0, last: -1 });
    expect(indexes({ first: 0, last: -1 }, 0, 0)).toEqual([]);
  });

  it('stay within a list that became short', () => {
    const span = drawn(44 * 900, 440, 44, 3);
    expect(span.first).toBeLessThanOrEqual(span.last);
  });

  it('keep the one with the focus, in order', () => {
    expect(indexes({ first: 5, last: 7 }, 2, 100)).toEqual([2, 5, 6, 7]);
    expect(indexes({ first: 5, last: 7 }, 6, 100)).toEqual([5, 6, 7]);
    expect(indexes({ first: 5, last: 7 }, 90, 100)).toEqual([5, 6, 7, 90]);
  });
});

describe('keys', () => {
  it.each([
    ['ArrowDown', 0, 1],
    ['ArrowUp', 0, 0],
    ['PageDown', 0, 9],
    ['PageUp', 50, 41],
    ['Home', 50, 0],
    ['End', 50, 99],
    ['ArrowDown', 99, 99],
    ['x', 50, null],
  ])('%s from %d goes to %j', (key, from, to) => {
    expect(moved(key, from, 100, 10)).toBe(to);
  });

  it('scroll no further than needed', () => {
    expect(scrolledTo(3, 44, 0, 440)).toBe(0);
    expect(scrolledTo(10, 44, 0, 440)).toBe(44);
    expect(scrolledTo(2, 44, 440, 440)).toBe(88);
  });
});

import { describe, expect, it } from 'vitest';

import { formatDay, formatLeft, formatRecent, formatTime, sameDay } from './format';

describe('times', () => {
  it.each([
    [60 * 60_000, '1:00:00'],
    [59 * 60_000 + 7_000, '59:07'],
    [6_500, '0:07'],
    [0, '0:00'],
    [-5_000, '0:00'],
  ])('says that %d milliseconds are left as %s', (left, text) => {
    expect(formatLeft(left)).toBe(text);
  });

  it('says nothing for never', () => {
    expect(formatDay(0) + formatTime(0)).toBe('');
  });

  it('says the time for today and the day for any other', () => {
    const noon = new Date(2026, 2, 12, 12).getTime();
    const night = new Date(2026, 2, 12, 23, 59).getTime();
    expect(sameDay(noon, night)).toBe(true);
    expect(formatRecent(noon, night)).toBe(formatTime(noon));
    expect(formatRecent(noon, night + 60_000)).toBe(formatDay(noon));
  });
});

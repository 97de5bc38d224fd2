import { describe, expect, it } from 'vitest';

import { bodyOf, scrollFor, shiftAt, stuck, tallest } from './scale';

const million = { whole: 44_000_000, height: 700 };
const few = { whole: 4_400_000, height: 700 };

describe('the scale of the scroll bar', () => {
  it('is one to one while the list can be drawn whole', () => {
    expect(bodyOf(few)).toBe(few.whole);
    expect(shiftAt(1_234, few)).toBe(0);
    expect(scrollFor(1_234, few)).toBe(1_234);
  });

  it('keeps a million rows below what browsers draw', () => {
    expect(bodyOf(million)).toBe(tallest);
  });

  it('ends where the list ends, at both ends', () => {
    expect(shiftAt(0, million)).toBe(0);
    const bottom = tallest - million.height;
    expect(bottom + shiftAt(bottom, million)).toBe(million.whole - million.height);
    expect(scrollFor(million.whole - million.height, million)).toBe(bottom);
    expect(scrollFor(0, million)).toBe(0);
  });

  it('is honest: the middle of the bar is the middle of the list', () => {
    const middle = (tallest - million.height) / 2;
    expect(middle + shiftAt(middle, million)).toBe((million.whole - million.height) / 2);
  });

  it('comes back to the same place within a pixel of the bar', () => {
    for (let top = 0; top <= million.whole; top += 44 * 777) {
      const at = scrollFor(top, million);
      expect(Math.abs(at + shiftAt(at, million) - top)).toBeLessThanOrEqual(3);
    }
  });

  it('tells when the bar ends before the list does', () => {
    expect(stuck(0, 500, million)).toBe(true);
    expect(stuck(0, 0, million)).toBe(false);
    const bottom = tallest - million.height;
    expect(stuck(bottom, 1_000, million)).toBe(true);
    expect(stuck(bottom, shiftAt(bottom, million), million)).toBe(false);
    expect(stuck(5_000, 1_000, million)).toBe(false);
  });
});

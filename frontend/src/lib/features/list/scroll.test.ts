import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { tallest } from './scale';
import { Scroll } from './scroll.svelte';

const height = 700;
const whole = 44_000_000;

/** A scroller as browsers have it: whole positions, within what there is. */
function scroller(body: number) {
  let at = 0;
  return {
    get scrollTop(): number {
      return at;
    },
    set scrollTop(to: number) {
      at = Math.min(Math.max(0, Math.round(to)), body - height);
    },
  } as HTMLElement;
}

function scroll(size = whole) {
  const s = new Scroll(() => ({ whole: size, height }));
  s.element = scroller(Math.min(size, tallest));
  const by = (pixels: number): void => {
    if (s.element) s.element.scrollTop += pixels;
    s.moved();
  };
  return { s, by };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('is not scrolled to where it is: that makes the browser lay out the page', () => {
  const { s } = scroll(10_000);
  let set = 0;
  s.element = {
    get scrollTop() {
      return 0;
    },
    set scrollTop(_: number) {
      set++;
    },
  } as HTMLElement;
  s.to(0);
  expect([s.top, set]).toEqual([0, 0]);
  s.to(100);
  expect(set).toBe(1);
});

describe('scrolling a million rows', () => {
  it('shows the very row that is asked for', () => {
    const { s } = scroll();
    for (const row of [0, 1, 499_999, 777_777, 999_980]) {
      s.to(row * 44);
      expect(s.top).toBe(row * 44);
    }
  });

  it('moves by a wheel’s pixels, not by a share of the list', () => {
    const { s, by } = scroll();
    s.to(44 * 500_000);
    by(100);
    expect(s.top).toBe(44 * 500_000 + 100);
    by(-300);
    expect(s.top).toBe(44 * 500_000 - 200);
  });

  it('jumps with the scroll bar', () => {
    const { s, by } = scroll();
    by((tallest - height) / 2);
    expect(s.top).toBe((whole - height) / 2);
    by(tallest);
    expect(s.top).toBe(whole - height);
    by(-tallest);
    expect(s.top).toBe(0);
  });

  it('puts the scroll bar right when it rests, and moves no row by that', () => {
    const { s, by } = scroll();
    s.to(20_000);
    for (let i = 0; i < 10; i++) by(-100);
    const before = s.element?.scrollTop;
    vi.advanceTimersByTime(1_000);
    expect(s.element?.scrollTop).not.toBe(before);
    expect(s.top).toBe(19_000);
    s.moved(); // as the browser tells of it
    expect(s.top).toBe(19_000);
  });

  it('reaches the first and the last row by the wheel alone', () => {
    const { s, by } = scroll();
    s.to(50_000);
    for (let i = 0; i < 600; i++) by(-100);
    expect(s.top).toBe(0);
    s.to(whole - height - 50_000);
    for (let i = 0; i < 600; i++) by(100);
    expect(s.top).toBe(whole - height);
  });

  it('never goes back while it is wheeled to an end', () => {
    const { s, by } = scroll();
    s.to(50_000);
    let before = s.top;
    for (let i = 0; i < 600; i++) {
      by(-100);
      expect(s.top).toBeLessThanOrEqual(before);
      before = s.top;
    }
  });

  it('is plain for a list that can be drawn whole', () => {
    const { s, by } = scroll(44 * 100_000);
    by(44 * 50_000);
    expect([s.top, s.shift]).toEqual([44 * 50_000, 0]);
  });
});

import { beforeEach, describe, expect, it, vi } from 'vitest';

import type { Completion } from '$lib/api';

import { Completing } from './completing.svelte';

const completeSearch = vi.hoisted(() =>
  vi.fn<(text: string, caret: number) => Promise<Completion>>(),
);
vi.mock('$lib/api', () => ({ completeSearch }));

const offer = (from: number, to: number, ...texts: string[]): Completion => ({
  from,
  to,
  choices: texts.map((text) => ({ text, note: '' })),
});

async function typed(text: string, answer: Completion): Promise<Completing> {
  completeSearch.mockResolvedValueOnce(answer);
  const c = new Completing();
  await c.typed(text, text.length);
  return c;
}

beforeEach(() => {
  completeSearch.mockReset();
});

describe('what the search offers', () => {
  it('is taken in place of the word, and a field waits for its value', async () => {
    const c = await typed('anna st', offer(5, 7, 'status:'));
    expect([c.open, c.active]).toEqual([true, -1]);
    c.move(1);
    expect(c.take('anna st', c.active)).toEqual({ text: 'anna status:', caret: 12 });
    expect(c.open).toBe(false);
  });

  it('makes room for the next word after a value, not twice', async () => {
    const last = await typed('status:l', offer(0, 8, 'status:locked'));
    expect(last.wantsValue).toBe(true);
    expect(last.take('status:l', 0)).toEqual({ text: 'status:locked ', caret: 14 });
    const between = await typed('status:l anna', offer(0, 8, 'status:locked'));
    expect(between.take('status:l anna', 0)).toEqual({ text: 'status:locked anna', caret: 13 });
  });

  it('does not disturb a name: not by one letter, a new word, or what is written out', async () => {
    expect((await typed('c', offer(0, 1, 'city:'))).open).toBe(false);
    expect((await typed('anna ', offer(5, 5, 'city:'))).open).toBe(false);
    expect((await typed('status:locked', offer(0, 13, 'status:locked'))).open).toBe(false);
    expect((await typed('anna', offer(0, 4))).open).toBe(false);
  });

  it('is everything when it is asked for', async () => {
    completeSearch.mockResolvedValueOnce(offer(0, 0, 'city:', 'status:'));
    const c = new Completing();
    await c.typed('', 0, true);
    expect(c.choices).toHaveLength(2);
  });

  it('goes round by the arrow keys, past the text itself', async () => {
    const c = await typed('co', offer(0, 2, 'company:', 'country:'));
    const seen = [1, 1, 1, 1].map(() => {
      c.move(1);
      return c.active;
    });
    expect(seen).toEqual([0, 1, -1, 0]);
    c.move(-1);
    c.move(-1);
    expect(c.active).toBe(1);
  });

  it('is never that of an older text', async () => {
    const answers: ((c: Completion) => void)[] = [];
    completeSearch.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
    const c = new Completing();
    const both = [c.typed('co', 2), c.typed('com', 3)];
    answers[1]?.(offer(0, 3, 'company:'));
    answers[0]?.(offer(0, 2, 'company:', 'country:'));
    await Promise.all(both);
    expect(c.choices).toHaveLength(1);
    expect(c.take('comp', 0)).toBeNull();
  });

  it('is nothing when it can’t be asked', async () => {
    completeSearch.mockRejectedValueOnce(new Error('no'));
    const c = new Completing();
    await c.typed('co', 2);
    expect(c.open).toBe(false);
  });
});

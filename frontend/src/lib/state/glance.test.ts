import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Glance } from './glance.svelte';

const customer = vi.hoisted(() => vi.fn<(id: string) => Promise<unknown>>());
vi.mock('$lib/api', () => ({
  customer,
  toAppError: (reason: Error) => ({ message: reason.message }),
}));

const id = (g: Glance): string | undefined => g.record?.customer.id;

beforeEach(() => {
  vi.useFakeTimers();
  customer.mockReset();
  customer.mockImplementation((wanted) => Promise.resolve({ customer: { id: wanted } }));
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a glance at a customer', () => {
  it('reads only the row at rest, however many were passed', async () => {
    const g = new Glance();
    for (let i = 0; i < 50; i++) {
      g.look(`c${i}`);
      await vi.advanceTimersByTimeAsync(20);
    }
    expect(customer).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(200);
    expect(customer.mock.calls).toEqual([['c49']]);
    expect(id(g)).toBe('c49');
  });

  it('never shows another customer than that of the row', async () => {
    const answers: ((record: unknown) => void)[] = [];
    customer.mockImplementation(() => new Promise((resolve) => answers.push(resolve)));
    const g = new Glance();
    g.look('a');
    await vi.advanceTimersByTimeAsync(200);
    g.look('b');
    await vi.advanceTimersByTimeAsync(200);
    answers[1]?.({ customer: { id: 'b' } });
    answers[0]?.({ customer: { id: 'a' } });
    await vi.advanceTimersByTimeAsync(0);
    expect(id(g)).toBe('b');
    g.look('c');
    expect(g.record).toBeNull();
    g.look('');
    await vi.advanceTimersByTimeAsync(200);
    expect(customer).toHaveBeenCalledTimes(2);
  });

  it('reads the same customer again at once, and shows what was there meanwhile', async () => {
    const g = new Glance();
    g.look('a');
    await vi.advanceTimersByTimeAsync(200);
    g.look('a');
    expect(id(g)).toBe('a');
    expect(customer).toHaveBeenCalledTimes(2);
  });

  it('tells why it can’t be read', async () => {
    customer.mockRejectedValue(new Error('gone'));
    const g = new Glance();
    g.look('a');
    await vi.advanceTimersByTimeAsync(200);
    expect([g.record, g.failure]).toEqual([null, 'gone']);
  });
});

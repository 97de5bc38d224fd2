import { beforeEach, expect, test, vi } from 'vitest';

import { Told } from './told.svelte';

const heard = vi.hoisted(() => new Map<string, () => void>());
vi.mock('$wails/go/main/App', () => ({}));
vi.mock('$wails/runtime/runtime', () => ({
  EventsOn: (name: string, handler: () => void) => {
    heard.set(name, handler);
    return () => heard.delete(name);
  },
}));

/** Questions that wait until they are answered, the oldest first. */
function questions(): { ask: () => Promise<number>; answer: ((n: number) => void)[] } {
  const answer: ((n: number) => void)[] = [];
  return { ask: () => new Promise((resolve) => answer.push(resolve)), answer };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  heard.clear();
});

test('it is read at first and whenever Go tells, until the end', async () => {
  let n = 0;
  const told = new Told(0, () => Promise.resolve(++n));
  const stop = told.follow('sync:state');
  await settled();
  expect(told.now).toBe(1);
  heard.get('sync:state')?.();
  await settled();
  expect(told.now).toBe(2);
  stop();
  expect([told.now, heard.size]).toEqual([0, 0]);
});

test('an older answer never replaces a newer one, and counts until there is one', async () => {
  const { ask, answer } = questions();
  const told = new Told(0, ask);
  const reads = [told.read(), told.read(), told.read()];
  answer[0]?.(1);
  await settled();
  expect(told.now).toBe(1);
  answer[2]?.(3);
  answer[1]?.(2);
  await Promise.all(reads);
  expect(told.now).toBe(3);
});

test('an answer to what was asked before the end, or before what was taken, is dropped', async () => {
  const { ask, answer } = questions();
  const told = new Told(0, ask);
  void told.read();
  told.take(7);
  answer[0]?.(1);
  await settled();
  expect(told.now).toBe(7);
  void told.read();
  told.drop();
  answer[1]?.(2);
  await settled();
  expect(told.now).toBe(0);
});

test('after a change it is read, however the change ends', async () => {
  let n = 0;
  const told = new Told(0, () => Promise.resolve(++n));
  await expect(told.after(Promise.resolve('done'))).resolves.toBe('done');
  expect(told.now).toBe(1);
  await expect(told.after(Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(told.now).toBe(2);
});

test('one that can’t be read stays as it was; each that came is told of with the one before', async () => {
  const ontold = vi.fn();
  const ask = vi.fn(() => Promise.resolve(1));
  const told = new Told(0, ask, ontold);
  await told.read();
  ask.mockRejectedValueOnce(new Error('away'));
  await told.read();
  expect([told.now, ontold.mock.calls]).toEqual([1, [[1, 0]]]);
});

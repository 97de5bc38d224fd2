import { beforeEach, expect, test, vi } from 'vitest';

import type { CustomerEvent, Events } from '$lib/api';

import { CustomerHistory } from './history.svelte';

const api = vi.hoisted(() => ({ events: vi.fn() }));
vi.mock('$lib/api', () => ({
  ...api,
  toAppError: (reason: unknown) => reason,
}));

const page = (ids: number[], before = 0): Events => ({
  events: ids.map((id) => ({ id }) as CustomerEvent),
  before,
});

/** An answer that comes when the test says so. */
function later(): (answer: Events) => void {
  let tell: (answer: Events) => void = () => undefined;
  api.events.mockReturnValueOnce(new Promise<Events>((resolve) => (tell = resolve)));
  return (answer) => {
    tell(answer);
  };
}

let history: CustomerHistory;
const ids = (): number[] => history.events.map(({ id }) => id);

beforeEach(() => {
  api.events.mockReset();
  history = new CustomerHistory('c');
});

test('news are laid on top and older pages stay', async () => {
  api.events.mockResolvedValueOnce(page([9, 8], 8));
  await history.load();
  api.events.mockResolvedValueOnce(page([7, 6]));
  await history.loadOlder();
  expect(history.hasOlder).toBe(false);
  api.events.mockResolvedValueOnce(page([10, 9], 9));
  await history.load();
  expect(ids()).toEqual([10, 9, 8, 7, 6]);
  expect(history.hasOlder).toBe(false);
});

test('more news than a page leave no gap', async () => {
  api.events.mockResolvedValueOnce(page([2, 1]));
  await history.load();
  api.events.mockResolvedValueOnce(page([9, 8], 8));
  await history.load();
  expect(ids()).toEqual([9, 8]);
  expect(history.hasOlder).toBe(true);
});

test('an older answer never replaces a newer one', async () => {
  const first = later();
  const loading = history.load();
  api.events.mockResolvedValueOnce(page([2, 1]));
  await history.load();
  first(page([1]));
  await loading;
  expect(ids()).toEqual([2, 1]);
});

test('an older page that belongs below what is gone is dropped', async () => {
  api.events.mockResolvedValueOnce(page([4, 3], 3));
  await history.load();
  const older = later();
  const loading = history.loadOlder();
  api.events.mockResolvedValueOnce(page([9, 8], 8));
  await history.load();
  older(page([2, 1]));
  await loading;
  expect(ids()).toEqual([9, 8]);
  expect(history.loadingOlder).toBe(false);
});

test('a failure keeps what was read, and the next answer takes it away', async () => {
  api.events.mockResolvedValueOnce(page([1]));
  await history.load();
  api.events.mockRejectedValueOnce({ message: 'Out of reach.' });
  await history.load();
  expect([history.failure, ids()]).toEqual(['Out of reach.', [1]]);
  api.events.mockResolvedValueOnce(page([1]));
  await history.load();
  expect(history.failure).toBe('');
});

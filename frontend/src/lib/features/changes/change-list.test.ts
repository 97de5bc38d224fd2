import { beforeEach, expect, test, vi } from 'vitest';

import type { WaitingChange, WaitingPage } from '$lib/api';

import { ChangeList } from './change-list.svelte';

const api = vi.hoisted(() => ({ waitingChanges: vi.fn(), told: new Map<string, () => void>() }));
vi.mock('$lib/api', () => ({
  waitingChanges: api.waitingChanges,
  toAppError: (reason: Error) => reason,
  onEvent: (name: string, handler: () => void) => {
    api.told.set(name, handler);
    return () => api.told.delete(name);
  },
}));

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const page = (ids: readonly number[], total: number): WaitingPage => ({
  changes: ids.map((id) => ({ mutation_id: String(id) }) as WaitingChange),
  total,
});

/** An outbox of n changes, in pages of two. */
function outbox(n: number): void {
  api.waitingChanges.mockImplementation((_: boolean, offset: number) => {
    const ids = [offset, offset + 1].filter((id) => id < n);
    return Promise.resolve(page(ids, n));
  });
}

const ids = (list: ChangeList): string[] => list.changes.map((c) => c.mutation_id);

beforeEach(() => {
  api.waitingChanges.mockReset();
  api.told.clear();
});

test('shows a page and reads another one when asked', async () => {
  outbox(5);
  const list = new ChangeList(true);
  expect(list.loading).toBe(true);
  await list.read();
  expect(api.waitingChanges).toHaveBeenCalledWith(true, 0);
  expect([ids(list), list.total, list.hasMore]).toEqual([['0', '1'], 5, true]);
  await list.more();
  expect(ids(list)).toEqual(['0', '1', '2', '3']);
  await list.more();
  expect([ids(list).length, list.hasMore, list.loading]).toEqual([5, false, false]);
});

test('keeps all the pages it shows when something happens', async () => {
  outbox(5);
  const list = new ChangeList(false);
  const stop = list.follow();
  await list.read();
  await list.more();
  outbox(4);
  api.told.get('customers:changed')?.();
  await settled();
  expect([ids(list), list.total]).toEqual([['0', '1', '2', '3'], 4]);
  outbox(0);
  api.told.get('sync:state')?.();
  await settled();
  expect([ids(list), list.total, list.hasMore]).toEqual([[], 0, false]);
  stop();
  expect(api.told.size).toBe(0);
});

test('many events at once are read once more, after the reading under way', async () => {
  let tell: (page: WaitingPage) => void = () => undefined;
  api.waitingChanges.mockReturnValueOnce(new Promise((resolve) => (tell = resolve)));
  const list = new ChangeList(false);
  const reading = list.read();
  api.waitingChanges.mockResolvedValue(page([7], 1));
  for (let i = 0; i < 5; i++) void list.read();
  tell(page([1], 1));
  await reading;
  expect(api.waitingChanges).toHaveBeenCalledTimes(2);
  expect(ids(list)).toEqual(['7']);
});

test('a change that moved to another page meanwhile is shown once', async () => {
  api.waitingChanges
    .mockResolvedValueOnce(page([1, 2], 4))
    .mockResolvedValueOnce(page([1, 2], 4))
    .mockResolvedValueOnce(page([2, 3], 4));
  const list = new ChangeList(false);
  await list.read();
  await list.more();
  expect(ids(list)).toEqual(['1', '2', '3']);
});

test('a failure is told and what was read stays', async () => {
  outbox(1);
  const list = new ChangeList(false);
  await list.read();
  api.waitingChanges.mockRejectedValueOnce(new Error('The disk is full.'));
  await list.read();
  expect([list.failure, ids(list)]).toEqual(['The disk is full.', ['0']]);
  await list.read();
  expect(list.failure).toBe('');
});

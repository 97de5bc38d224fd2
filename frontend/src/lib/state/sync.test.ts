import { beforeEach, expect, test, vi } from 'vitest';

import type { SyncState } from '$lib/api';

import { sync } from './sync.svelte';

const api = vi.hoisted(() => ({ syncState: vi.fn(), syncNow: vi.fn(), told: vi.fn() }));
vi.mock('$lib/api', () => ({
  syncState: api.syncState,
  syncNow: api.syncNow,
  onEvent: (_: string, handler: typeof api.told) => {
    api.told = handler;
    return () => undefined;
  },
}));

const state = (total: number): SyncState => ({ phase: 'waiting', total }) as SyncState;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  api.syncState.mockReset();
});

test('begins with what Go answers and asks again when told', async () => {
  api.syncState.mockResolvedValueOnce(state(1)).mockResolvedValueOnce(state(2));
  const stop = sync.follow();
  await settled();
  expect(sync.state.total).toBe(1);
  api.told();
  await settled();
  expect(sync.state.total).toBe(2);
  stop();
  expect(sync.state).toMatchObject({ phase: 'saved', total: 0 });
});

test('an older answer never replaces a newer one', async () => {
  let answer: (late: SyncState) => void = () => undefined;
  const late = new Promise<SyncState>((resolve) => {
    answer = resolve;
  });
  api.syncState.mockReturnValueOnce(late).mockResolvedValueOnce(state(2));
  const stop = sync.follow();
  api.told();
  await settled();
  answer(state(1));
  await settled();
  expect(sync.state.total).toBe(2);
  stop();
});

test('an answer that comes after the end is dropped', async () => {
  api.syncState.mockResolvedValueOnce(state(1));
  sync.follow()();
  await settled();
  expect(sync.state.total).toBe(0);
});

test('the return of the network or the window is a reason to try, seldom enough', () => {
  vi.useFakeTimers();
  vi.stubGlobal('window', new EventTarget());
  api.syncNow.mockReset().mockRejectedValue(new Error('offline'));
  const happens = (name: string): void => {
    window.dispatchEvent(new Event(name));
    vi.advanceTimersByTime(0);
  };
  const stop = sync.retryOnReturn();
  happens('online');
  expect(api.syncNow).toHaveBeenCalledTimes(1);
  for (const name of ['focus', 'online', 'focus']) happens(name);
  expect(api.syncNow).toHaveBeenCalledTimes(1);
  // What happened too soon is not forgotten.
  vi.advanceTimersByTime(4_000);
  expect(api.syncNow).toHaveBeenCalledTimes(2);
  vi.advanceTimersByTime(60_000);
  expect(api.syncNow).toHaveBeenCalledTimes(2);
  stop();
  happens('focus');
  vi.advanceTimersByTime(60_000);
  expect(api.syncNow).toHaveBeenCalledTimes(2);
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

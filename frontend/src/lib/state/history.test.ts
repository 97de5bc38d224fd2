import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import type { History, Reversed } from '$lib/api';

import { history } from './history.svelte';
import { jobs } from './jobs.svelte';

const app = vi.hoisted(() => ({
  History: vi.fn(),
  Undo: vi.fn(),
  Redo: vi.fn(),
  Job: vi.fn(),
  CancelJob: vi.fn(),
}));
const told = vi.hoisted(() => new Map<string, () => void>());
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({
  EventsOn: (name: string, handler: () => void) => {
    told.set(name, handler);
    return () => told.delete(name);
  },
}));

const past = (title: string): History =>
  ({ undo: { id: title, title }, redo: null, refused: null }) as unknown as History;
const reversed = { changed: 1 } as unknown as Reversed;
const job = (running: boolean, done = 0) => ({ id: 'j', title: 'Lock', done, total: 9, running });
const settled = (): Promise<void> => vi.advanceTimersByTimeAsync(0).then(() => undefined);

beforeEach(() => {
  vi.useFakeTimers();
  for (const method of Object.values(app)) method.mockReset();
  app.Job.mockResolvedValue(job(false));
  app.History.mockResolvedValue(past('Edit'));
});
afterEach(() => {
  vi.useRealTimers();
});

test('it follows what changes, and an older answer never replaces a newer one', async () => {
  let answer: (late: History) => void = () => undefined;
  app.History.mockReturnValueOnce(new Promise<History>((resolve) => (answer = resolve)));
  const stop = history.follow();
  told.get('customers:changed')?.();
  await settled();
  expect(history.undo?.title).toBe('Edit');
  answer(past('older'));
  await settled();
  expect(history.undo?.title).toBe('Edit');
  stop();
  expect([history.undo, told.size]).toEqual([null, 0]);
});

test('what was done can be taken back as soon as it is told, though Go tells of changes later', async () => {
  const stop = history.follow();
  await settled();
  app.History.mockResolvedValue(past('Lock 2 customers'));
  await history.during(Promise.resolve());
  expect(history.undo?.title).toBe('Lock 2 customers');
  app.History.mockResolvedValue(past('Edit'));
  app.Undo.mockResolvedValueOnce(reversed);
  await history.takeBack();
  expect(history.undo?.title).toBe('Edit');
  stop();
});

test('after a job none runs, also when it took long enough to be told of', async () => {
  let end: () => void = () => undefined;
  const work = history.during(new Promise<void>((resolve) => (end = resolve)));
  app.Job.mockResolvedValue(job(true, 3));
  await vi.advanceTimersByTimeAsync(300);
  expect(jobs.running?.done).toBe(3);
  app.Job.mockResolvedValue(job(false));
  end();
  await work;
  expect(jobs.running).toBeNull();
});

test('presses in quick succession are done one after the other', async () => {
  let first: (done: Reversed) => void = () => undefined;
  app.Undo.mockReturnValueOnce(new Promise<Reversed>((resolve) => (first = resolve)));
  app.Redo.mockResolvedValueOnce(reversed);
  const one = history.takeBack();
  const two = history.makeAgain('a');
  await settled();
  expect([app.Undo.mock.calls, app.Redo.mock.calls, history.busy]).toEqual([[['']], [], true]);
  first(reversed);
  await Promise.all([one, two]);
  expect(app.Redo.mock.calls).toEqual([['a']]);
  expect(history.busy).toBe(false);
});

test('one that fails is told, and does not hold up the next', async () => {
  app.Undo.mockRejectedValueOnce(new Error('{"code":"busy","message":"Wait."}'));
  app.Undo.mockResolvedValueOnce(reversed);
  const [one, two] = [history.takeBack(), history.takeBack()];
  await expect(one).rejects.toMatchObject({ message: 'Wait.' });
  await expect(two).resolves.toBe(reversed);
});

test('a job is told of while it runs, and can be cancelled; a short one never is', async () => {
  await jobs.during(Promise.resolve(1));
  expect([jobs.running, app.Job.mock.calls.length]).toEqual([null, 1]);

  let end: () => void = () => undefined;
  const work = jobs.during(new Promise<void>((resolve) => (end = resolve)));
  app.Job.mockResolvedValue(job(true, 3));
  await vi.advanceTimersByTimeAsync(300);
  expect(jobs.running?.done).toBe(3);
  app.Job.mockResolvedValue(job(true, 6));
  await vi.advanceTimersByTimeAsync(300);
  expect(jobs.running?.done).toBe(6);
  app.Job.mockResolvedValue(job(false, 6));
  await jobs.cancel();
  expect([app.CancelJob.mock.calls, jobs.running]).toEqual([[['j']], null]);
  end();
  await work;
  const asked = app.Job.mock.calls.length;
  await vi.advanceTimersByTimeAsync(1_000);
  expect(app.Job.mock.calls.length).toBe(asked);
});

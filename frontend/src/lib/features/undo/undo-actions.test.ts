import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { history } from '$lib/state/history.svelte';
import { jobs } from '$lib/state/jobs.svelte';

import { undoActions } from './undo-actions';

const app = vi.hoisted(() => ({ History: vi.fn(), Undo: vi.fn(), Job: vi.fn() }));
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({ EventsOn: () => () => undefined }));

beforeEach(() => {
  vi.useFakeTimers();
  app.History.mockResolvedValue({ undo: null, redo: null, refused: null });
  app.Job.mockResolvedValue({ id: 'j', title: 'Undo: Lock', done: 1, total: 9, running: true });
});
afterEach(() => {
  vi.useRealTimers();
});

test('a press waits for the undo that is under way, and for no other job', async () => {
  let end: (done: unknown) => void = () => undefined;
  app.Undo.mockReturnValueOnce(new Promise((resolve) => (end = resolve)));
  const stop = jobs.follow();
  const under = history.takeBack();
  await vi.advanceTimersByTimeAsync(300);
  expect(jobs.running?.title).toBe('Undo: Lock');
  expect(undoActions.redo?.refusal?.()).toBe('');
  end({ changed: 1 });
  await under;
  expect(undoActions.redo?.refusal?.()).toMatch(/Undo: Lock/);
  stop();
  expect(undoActions.redo?.refusal?.()).not.toBe('');
});

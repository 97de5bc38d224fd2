import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { toasts } from './toasts.svelte';

vi.mock('$wails/go/main/App', () => ({}));
vi.mock('$wails/runtime/runtime', () => ({}));

const texts = (): string[] => toasts.list.map(({ text }) => text);

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

test('a message goes by itself, a long one later', () => {
  const long = 'x'.repeat(200);
  toasts.show({ text: 'short' });
  toasts.show({ text: long });
  vi.advanceTimersByTime(6_000);
  expect(texts()).toEqual([long]);
  vi.advanceTimersByTime(8_000);
  expect(texts()).toEqual([]);
});

test('three at most are shown, the newest', () => {
  for (const text of ['1', '2', '3', '4']) toasts.show({ text });
  expect(texts()).toEqual(['2', '3', '4']);
});

test('one that is held stays until it is let go', () => {
  toasts.show({ text: 'held' });
  const id = toasts.list[0]?.id ?? 0;
  toasts.hold(id);
  vi.advanceTimersByTime(60_000);
  expect(texts()).toEqual(['held']);
  toasts.resume(id);
  vi.advanceTimersByTime(6_000);
  expect(texts()).toEqual([]);
});

test('what went wrong is shown in the words it was told with', () => {
  toasts.showError(JSON.stringify({ code: 'offline', message: 'Out of reach.' }));
  expect(toasts.list).toMatchObject([{ text: 'Out of reach.', tone: 'danger' }]);
});

import { expect, test, vi } from 'vitest';

import { Closing } from './closing.svelte';
import { dialogs } from './dialogs.svelte';

test('a dialog with nothing to lose closes at once', async () => {
  dialogs.openAdd();
  new Closing().ask();
  await new Promise((resolve) => setImmediate(resolve));
  expect(dialogs.current).toBeNull();
});

test('one with something typed asks, and stays when told to', () => {
  dialogs.openAdd();
  const closing = new Closing(() => true);
  closing.ask();
  expect([closing.asking, closing.open]).toEqual([true, true]);
  closing.stay();
  expect([closing.asking, dialogs.current?.kind]).toEqual([false, 'add']);
});

test('an end that comes late leaves the dialog that was opened since', async () => {
  dialogs.openSettings();
  const closing = new Closing();
  await closing.close();
  dialogs.openAdd();
  await closing.close();
  expect(dialogs.current?.kind).toBe('add');
});

test('what comes after it waits for the answer, and does not happen when it stays', async () => {
  const then = vi.fn();
  dialogs.openSettings();
  const closing = new Closing(() => true);
  closing.ask(then);
  closing.stay();
  await closing.close();
  expect(then).not.toHaveBeenCalled();
  const again = new Closing(() => true);
  again.ask(then);
  expect(then).not.toHaveBeenCalled();
  await again.close();
  expect(then).toHaveBeenCalledTimes(1);
});

test('one above another ends alone', async () => {
  dialogs.openMembers();
  const end = vi.fn();
  const closing = new Closing(() => false, end);
  closing.ask();
  await closing.close();
  expect(end).toHaveBeenCalledTimes(1);
  expect(dialogs.current?.kind).toBe('members');
});

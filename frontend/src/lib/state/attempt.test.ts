import { expect, test, vi } from 'vitest';

import { AppError } from '$lib/api';

import { Attempt } from './attempt.svelte';

vi.mock('$wails/go/main/App', () => ({}));
vi.mock('$wails/runtime/runtime', () => ({}));

const fails = (error: AppError) => () => Promise.reject(error);

test('what is wrong with a field is told beside it, until the field is changed', async () => {
  const attempt = new Attempt(['address', 'password']);
  const wrong = new AppError('unauthorized', 'Not right.', 'password');
  expect(await attempt.run(fails(wrong))).toBe(false);
  expect([attempt.error('password'), attempt.failure]).toEqual(['Not right.', '']);
  attempt.correct('address');
  expect(attempt.error('password')).toBe('Not right.');
  attempt.correct('password');
  expect(attempt.error('password')).toBeUndefined();
});

test('what is wrong with no field of the form is told above it', async () => {
  const attempt = new Attempt(['address']);
  await attempt.run(fails(new AppError('offline', 'Out of reach.')));
  expect(attempt.failure).toBe('Out of reach.');
  await attempt.run(fails(new AppError('invalid', 'No such role.', 'role')));
  expect([attempt.failure, attempt.error('role')]).toEqual(['No such role.', undefined]);
  await attempt.run(() => Promise.resolve());
  expect(attempt.failure).toBe('');
});

test('it is tried once at a time', async () => {
  const attempt = new Attempt();
  let end: () => void = () => undefined;
  const work = vi.fn(() => new Promise<void>((resolve) => (end = resolve)));
  const first = attempt.run(work);
  expect([attempt.busy, await attempt.run(work)]).toEqual([true, false]);
  end();
  expect([await first, attempt.busy]).toEqual([true, false]);
  expect(work).toHaveBeenCalledTimes(1);
});

import { beforeEach, expect, test, vi } from 'vitest';

import { PasswordForm } from './change-form.svelte';

const app = vi.hoisted(() => ({ ChangePassword: vi.fn() }));
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({}));

beforeEach(() => {
  app.ChangePassword.mockReset().mockResolvedValue(undefined);
});

test('the own password is changed as it was typed', async () => {
  const form = new PasswordForm();
  expect(form.dirty).toBe(false);
  Object.assign(form, { current: ' old ', next: ' new ' });
  expect([form.dirty, await form.change()]).toEqual([true, true]);
  expect(app.ChangePassword.mock.calls).toEqual([[' old ', ' new ']]);
});

test.each(['current', 'new'])(
  'what is wrong is told beside %s until it is corrected',
  async (field) => {
    const reason = { code: 'invalid', message: 'Not right.', field };
    app.ChangePassword.mockRejectedValueOnce(JSON.stringify(reason));
    const form = new PasswordForm();
    form.current = 'old';
    expect(await form.change()).toBe(false);
    expect([form.attempt.error(field), form.attempt.failure, form.current]).toEqual([
      'Not right.',
      '',
      'old',
    ]);
    form.attempt.correct(field);
    expect(form.attempt.error(field)).toBeUndefined();
  },
);

test('what concerns no field is told above the form', async () => {
  const reason = { code: 'offline', message: 'It can’t be reached.' };
  app.ChangePassword.mockRejectedValueOnce(JSON.stringify(reason));
  const form = new PasswordForm();
  await form.change();
  expect(form.attempt.failure).toBe('It can’t be reached.');
});

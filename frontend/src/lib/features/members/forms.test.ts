import { beforeEach, expect, test, vi } from 'vitest';

import type { Member } from '$lib/api';

import { AddForm, ChangeForm, ResetForm } from './forms.svelte';

const app = vi.hoisted(() => ({ AddMember: vi.fn(), ChangeMember: vi.fn() }));
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({}));

const bob = {
  id: 'm2',
  name: 'Bob Sims',
  username: 'bob@wheels.example',
  role: 'manager',
} as Member;

beforeEach(() => {
  app.AddMember.mockReset().mockResolvedValue(bob);
  app.ChangeMember.mockReset().mockResolvedValue(bob);
});

test('a member is added without the spaces around, and may look only unless told otherwise', async () => {
  const form = new AddForm();
  expect([form.dirty, form.values.role]).toEqual([false, 'support']);
  Object.assign(form.values, {
    name: ' Bob Sims ',
    username: ' bob@wheels.example ',
    password: ' p ',
  });
  expect(form.dirty).toBe(true);
  expect(await form.add()).toEqual(bob);
  expect(app.AddMember.mock.calls).toEqual([
    [{ name: 'Bob Sims', username: 'bob@wheels.example', role: 'support', password: ' p ' }],
  ]);
});

test('each wrong field is told beside it, and what was typed stays', async () => {
  const fields = [
    { code: 'required', field: 'name', message: 'Enter a name.' },
    { code: 'username_taken', field: 'username', message: 'Somebody signs in with it.' },
    { code: 'invalid', field: 'password', message: 'Too short.' },
  ];
  app.AddMember.mockRejectedValueOnce(
    JSON.stringify({ code: 'invalid', message: 'Wrong.', fields }),
  );
  const form = new AddForm();
  form.values.username = 'bob@wheels.example';
  expect(await form.add()).toBeNull();
  expect(fields.map(({ field }) => form.attempt.error(field))).toEqual(
    fields.map(({ message }) => message),
  );
  expect([form.attempt.failure, form.values.username]).toEqual(['', 'bob@wheels.example']);
});

test('only what differs of a member is sent, and nothing when nothing does', async () => {
  const form = new ChangeForm(bob);
  expect(await form.save()).toBe(true);
  expect([form.dirty, app.ChangeMember.mock.calls]).toEqual([false, []]);
  form.values.role = 'support';
  expect([form.dirty, await form.save()]).toEqual([true, true]);
  form.values = { name: ' Robert ', role: 'manager' };
  await form.save();
  expect(app.ChangeMember.mock.calls).toEqual([
    ['m2', { role: 'support' }],
    ['m2', { name: 'Robert' }],
  ]);
});

test('that nobody could manage the members is told above the form', async () => {
  const refusal = { code: 'conflict', message: 'This is the only owner.' };
  app.ChangeMember.mockRejectedValueOnce(JSON.stringify(refusal));
  const form = new ChangeForm({ ...bob, role: 'owner' });
  form.values.role = 'manager';
  expect(await form.save()).toBe(false);
  expect([form.attempt.failure, form.values.role]).toEqual(['This is the only owner.', 'manager']);
});

test('a member gets another password as it was typed', async () => {
  const form = new ResetForm(bob);
  expect(form.dirty).toBe(false);
  form.password = ' spaces count ';
  expect([form.dirty, await form.reset()]).toEqual([true, true]);
  expect(app.ChangeMember.mock.calls).toEqual([['m2', { password: ' spaces count ' }]]);
});

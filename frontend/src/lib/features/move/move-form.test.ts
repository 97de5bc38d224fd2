import { beforeEach, expect, test, vi } from 'vitest';

import { MoveForm } from './move-form.svelte';
import { ResumeForm } from './resume-form.svelte';

const app = vi.hoisted(() => ({
  ListCustomers: vi.fn(),
  MoveState: vi.fn(),
  StartMove: vi.fn(),
  ResumeMove: vi.fn(),
}));
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({}));

const told = (code: string, message: string, field?: string): string =>
  JSON.stringify({ code, message, field });

beforeEach(() => {
  for (const method of Object.values(app)) method.mockReset();
  app.MoveState.mockResolvedValue({ phase: 'running', refused: [] });
});

function typed(): MoveForm {
  const form = new MoveForm();
  Object.assign(form.values, {
    address: ' https://office.example ',
    username: ' olga@wheels.example ',
    password: ' spaces count ',
  });
  return form;
}

test('begins without the spaces around the address, mailing nobody unless asked', async () => {
  app.StartMove.mockResolvedValue({ phase: 'running' });
  const form = typed();
  expect(await form.begin()).toBe(true);
  expect(app.StartMove.mock.lastCall?.[0]).toEqual({
    address: 'https://office.example',
    username: 'olga@wheels.example',
    password: ' spaces count ',
    mail_pending: false,
  });
  expect(form.values.password).toBe('');
  form.mailPending = true;
  await form.begin();
  expect(app.StartMove.mock.lastCall?.[0]).toMatchObject({ mail_pending: true });
});

test.each(['address', 'username', 'password'])(
  'what is wrong is told beside %s, and nothing typed is lost',
  async (field) => {
    app.StartMove.mockRejectedValueOnce(told('invalid', 'Not right.', field));
    const form = typed();
    expect(await form.begin()).toBe(false);
    expect(form.attempt.error(field)).toBe('Not right.');
    expect([form.attempt.failure, form.values.password]).toEqual(['', ' spaces count ']);
  },
);

test('what concerns no field is told above', async () => {
  app.StartMove.mockRejectedValueOnce(told('conflict', 'Some changes are not saved yet.'));
  const form = typed();
  await form.begin();
  expect(form.attempt.failure).toBe('Some changes are not saved yet.');
});

test('counts who is Pending Activate, whatever the list shows', async () => {
  app.ListCustomers.mockRejectedValueOnce(told('storage', 'No.')).mockResolvedValueOnce({
    counts: { pending_activate: 12 },
  });
  const form = new MoveForm();
  await form.count();
  expect(form.pending).toBeUndefined();
  await form.count();
  expect(form.pending).toBe(12);
  expect(app.ListCustomers.mock.lastCall?.[0]).toMatchObject({ text: '', status: '' });
});

test('is dirty as soon as something is typed or ticked', () => {
  expect(new MoveForm().dirty).toBe(false);
  expect(typed().dirty).toBe(true);
  const ticked = new MoveForm();
  ticked.mailPending = true;
  expect(ticked.dirty).toBe(true);
});

test('going on keeps a wrong password and forgets a right one', async () => {
  app.ResumeMove.mockRejectedValueOnce(told('unauthorized', 'Not right.', 'password'));
  app.ResumeMove.mockResolvedValueOnce({ phase: 'running' });
  const form = new ResumeForm();
  form.password = 'secret';
  expect(await form.resume()).toBe(false);
  expect([form.attempt.error('password'), form.password]).toEqual(['Not right.', 'secret']);
  expect(await form.resume()).toBe(true);
  expect([form.password, app.ResumeMove.mock.lastCall]).toEqual(['', ['secret']]);
});

test('an address that no longer answers is told above, since it can’t be changed', async () => {
  app.ResumeMove.mockRejectedValueOnce(told('offline', 'Nothing answers.', 'address'));
  const form = new ResumeForm();
  await form.resume();
  expect(form.attempt.failure).toBe('Nothing answers.');
});

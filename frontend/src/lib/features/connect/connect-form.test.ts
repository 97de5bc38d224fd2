import { beforeEach, expect, test, vi } from 'vitest';

import { workspace } from '$lib/state/workspace.svelte';

import { ConnectForm } from './connect-form.svelte';

const app = vi.hoisted(() => ({ Connect: vi.fn(), State: vi.fn() }));
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({}));

const told = (code: string, message: string, field?: string): string =>
  JSON.stringify({ code, message, field });

beforeEach(() => {
  app.Connect.mockReset();
});

function typed(): ConnectForm {
  const form = new ConnectForm();
  Object.assign(form.values, {
    address: ' https://office.example ',
    username: ' sanne@wheels.example ',
    password: ' spaces count ',
  });
  return form;
}

test('connecting opens what is there, without the spaces around the address', async () => {
  const opened = { screen: 'list', workspace: { id: 's1', kind: 'shared' } };
  app.Connect.mockResolvedValueOnce(opened);
  app.State.mockResolvedValueOnce(opened);
  expect(await typed().connect()).toBe(true);
  expect(app.Connect.mock.calls[0]?.[0]).toEqual({
    address: 'https://office.example',
    username: 'sanne@wheels.example',
    password: ' spaces count ',
  });
  expect([workspace.screen, workspace.info?.kind]).toEqual(['list', 'shared']);
});

test.each([
  ['address', told('untrusted', 'The certificate can’t be trusted.', 'address')],
  ['password', told('unauthorized', 'Not right.', 'password')],
])('what is wrong is told beside %s, and nothing typed is lost', async (field, reason) => {
  app.Connect.mockRejectedValueOnce(reason);
  const form = typed();
  const before = { ...form.values };
  expect(await form.connect()).toBe(false);
  expect(form.attempt.error(field)).toBeTruthy();
  expect([form.attempt.failure, { ...form.values }]).toEqual(['', before]);
});

test('what concerns no field is told above the form', async () => {
  app.Connect.mockRejectedValueOnce(told('version', 'Of another version.'));
  const form = typed();
  await form.connect();
  expect(form.attempt.failure).toBe('Of another version.');
});

test('is dirty as soon as something is typed', () => {
  expect(new ConnectForm().dirty).toBe(false);
  expect(typed().dirty).toBe(true);
});

import { beforeEach, expect, test, vi } from 'vitest';

import type { Member } from '$lib/api';

import { MemberList } from './member-list.svelte';

const app = vi.hoisted(() => ({ Members: vi.fn(), ChangeMember: vi.fn() }));
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({}));

const bob = { id: 'm2', name: 'Bob Sims', disabled: false } as Member;
const told = (code: string, message: string): string => JSON.stringify({ code, message });

beforeEach(() => {
  app.Members.mockReset().mockResolvedValue([bob]);
  app.ChangeMember.mockReset().mockResolvedValue(bob);
});

test('a failure to read is told, and trying again shows the members', async () => {
  app.Members.mockRejectedValueOnce(told('offline', 'It can’t be reached.'));
  const list = new MemberList();
  expect(list.loading).toBe(true);
  await list.load();
  expect([list.loading, list.failure, list.all]).toEqual([false, 'It can’t be reached.', []]);
  await list.load();
  expect([list.failure, list.all]).toEqual(['', [bob]]);
});

test('disabling asks first, and the list shows what came of it', async () => {
  const list = new MemberList();
  await list.load();
  expect(await list.disable()).toBeNull();
  list.ask(bob);
  list.keep();
  expect(await list.disable()).toBeNull();
  expect(app.ChangeMember).not.toHaveBeenCalled();

  app.Members.mockResolvedValueOnce([{ ...bob, disabled: true }]);
  list.ask(bob);
  expect(await list.disable()).toEqual(bob);
  expect(app.ChangeMember.mock.calls).toEqual([['m2', { disabled: true }]]);
  expect([list.asked, list.busy, list.all[0]?.disabled]).toEqual([null, '', true]);
});

test('a refusal is told beside that member, until the next attempt', async () => {
  app.ChangeMember.mockRejectedValueOnce(told('conflict', 'This is the only owner.'));
  const list = new MemberList();
  list.ask(bob);
  expect(await list.disable()).toBeNull();
  expect([list.asked, list.refusal('m2'), list.refusal('m1')]).toEqual([
    null,
    'This is the only owner.',
    '',
  ]);
  expect(await list.enable(bob)).toBe(true);
  expect(app.ChangeMember.mock.lastCall).toEqual(['m2', { disabled: false }]);
  expect(list.refusal('m2')).toBe('');
});

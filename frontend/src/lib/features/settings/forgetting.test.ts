import { beforeEach, expect, test, vi } from 'vitest';

import type { KnownWorkspace } from '$lib/api';

import { Forgetting } from './forgetting.svelte';

const app = vi.hoisted(() => ({ ForgetWorkspace: vi.fn() }));
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({}));

const office = { id: 's1', kind: 'shared' } as KnownWorkspace;
const told = (code: string, message: string): string => JSON.stringify({ code, message });

beforeEach(() => {
  app.ForgetWorkspace.mockReset().mockResolvedValue({ screen: 'welcome', known: [] });
});

test('it is asked, and goes when nothing is lost', async () => {
  const forgetting = new Forgetting();
  expect(await forgetting.remove()).toBe(false);
  forgetting.ask(office);
  expect(await forgetting.remove()).toBe(true);
  expect(app.ForgetWorkspace.mock.calls).toEqual([['s1', false]]);
  expect(forgetting.target).toBeNull();
});

test('what would be lost is told and asked about before it is dropped', async () => {
  app.ForgetWorkspace.mockRejectedValueOnce(told('conflict', '3 changes would be lost.'));
  const forgetting = new Forgetting();
  forgetting.ask(office);
  expect(await forgetting.remove()).toBe(false);
  expect([forgetting.lost, forgetting.target?.id]).toEqual(['3 changes would be lost.', 's1']);
  expect(await forgetting.remove()).toBe(true);
  expect(app.ForgetWorkspace.mock.calls).toEqual([
    ['s1', false],
    ['s1', true],
  ]);
});

test('an answer to one never drops the changes of another', async () => {
  app.ForgetWorkspace.mockRejectedValueOnce(told('conflict', '3 changes would be lost.'));
  const forgetting = new Forgetting();
  forgetting.ask(office);
  await forgetting.remove();
  forgetting.keep();
  forgetting.ask({ ...office, id: 's2' });
  await forgetting.remove();
  expect(app.ForgetWorkspace.mock.lastCall).toEqual(['s2', false]);
});

test('a failure is told and asks no further', async () => {
  app.ForgetWorkspace.mockRejectedValueOnce(told('storage', 'The disk can’t be written.'));
  const forgetting = new Forgetting();
  forgetting.ask(office);
  await expect(forgetting.remove()).rejects.toThrow('The disk');
  expect([forgetting.target, forgetting.busy]).toEqual([null, false]);
});

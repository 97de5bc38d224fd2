import { beforeEach, expect, test, vi } from 'vitest';

import { toasts } from '$lib/state/toasts.svelte';

import { actions } from './registry.svelte';

const ran: string[] = [];
const run =
  (what: string): (() => void) =>
  () => {
    ran.push(what);
  };

beforeEach(() => {
  ran.length = 0;
  for (const { id } of toasts.list) toasts.dismiss(id);
});

const ids = (): string[] => actions.offered.map(({ id }) => id);

test('an action is there while something says what it does', () => {
  const stop = actions.provide({ about: { run: run('about') } });
  expect(ids()).toEqual(['about']);
  actions.run('about');
  stop();
  expect(ids()).toEqual([]);
  actions.run('about');
  expect(ran).toEqual(['about']);
});

test('the newest that says what it does counts', () => {
  const stops = [
    actions.provide({ find: { run: run('list') } }),
    actions.provide({ find: { run: run('overview') } }),
  ];
  actions.run('find');
  stops[1]?.();
  actions.run('find');
  stops[0]?.();
  expect(ran).toEqual(['overview', 'list']);
});

test('what is not here is nowhere; what can’t be done is shown and says why', () => {
  const stop = actions.provide({
    members: { here: () => false, run: run('members') },
    sync_now: { refusal: () => 'Sign in first', run: run('sync') },
  });
  expect(actions.offered.map(({ id, refusal }) => [id, refusal])).toEqual([
    ['sync_now', 'Sign in first'],
  ]);
  actions.run('members');
  actions.run('sync_now');
  expect(ran).toEqual([]);
  expect(toasts.list.map(({ text }) => text)).toEqual(['Sign in first']);
  stop();
});

test('title and object are those of the moment', () => {
  const stop = actions.provide({
    edit_customer: { run: run(''), title: () => 'View', object: () => 'anna@bikes.example' },
  });
  expect(actions.offered[0]).toMatchObject({ title: 'View', object: 'anna@bikes.example' });
  stop();
});

test('what fails says so', async () => {
  const stop = actions.provide({ settings: { run: () => Promise.reject(new Error('no')) } });
  actions.run('settings');
  await vi.waitFor(() => {
    expect(toasts.list).toHaveLength(1);
  });
  stop();
});

test('extras come after the others and run by their id', () => {
  const stops = [
    actions.provide({ about: { run: run('about') } }),
    actions.provideExtras(() => [
      { id: 'open_workspace/1', menu: 'Workspace', title: 'Open Wheels', run: run('wheels') },
    ]),
  ];
  expect(ids()).toEqual(['about', 'open_workspace/1']);
  actions.run('open_workspace/1');
  expect(ran).toEqual(['wheels']);
  for (const stop of stops) stop();
});

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import type * as Api from '$lib/api';

import { CustomerList } from './list.svelte';
import { SavedViews } from './views.svelte';

const go = vi.hoisted(() => ({
  kept: null as Api.SavedView[] | null,
  asked: [] as Api.Query[],
  changed: (): void => undefined,
}));
vi.mock('$lib/api', async (original) => ({
  ...(await original<typeof Api>()),
  onEvent: (_: string, handler: () => void) => {
    go.changed = handler;
    return () => undefined;
  },
  savedViews: () => Promise.resolve(go.kept),
  saveViews: (views: Api.SavedView[]) => {
    go.kept = views;
    return Promise.resolve();
  },
  saveListView: () => Promise.resolve(),
  listCustomers: (query: Api.Query) => {
    go.asked.push(query);
    if (query.text === 'status:') return Promise.reject(new Error('unread'));
    const counts = { all: 7, pending_activate: 0, activated: 0, locked: 0 };
    return Promise.resolve({
      rows: [],
      total: query.status === 'locked' ? 2 : 7,
      counts,
      everything: 9,
    });
  },
}));
vi.mock('$wails/go/main/App', () => ({}));
vi.mock('$wails/runtime/runtime', () => ({}));

let stop: () => void;

async function views(): Promise<{ list: CustomerList; saved: SavedViews }> {
  const list = new CustomerList();
  const saved = new SavedViews(list);
  stop = saved.follow();
  await vi.advanceTimersByTimeAsync(1_000);
  return { list, saved };
}

const names = (saved: SavedViews): string => saved.all.map(({ name }) => name).join(', ');

beforeEach(() => {
  vi.useFakeTimers();
  go.kept = null;
  go.asked = [];
});
afterEach(() => {
  stop();
  vi.useRealTimers();
});

describe('saved views', () => {
  it('begin with a few, but only when none were ever kept', async () => {
    expect(names((await views()).saved)).toBe('New this week, Pending Activate, Locked');
    stop();
    go.kept = [];
    expect((await views()).saved.all).toEqual([]);
  });

  it('are opened, changed and updated', async () => {
    const { list, saved } = await views();
    expect(saved.current).toBe('');
    saved.open('locked');
    expect([list.view.status, saved.current, saved.changed]).toEqual(['locked', 'locked', false]);
    list.filter({ text: 'bikes' });
    list.sortBy('company');
    expect([saved.current, saved.changed]).toEqual(['locked', true]);
    await saved.update('locked');
    expect(saved.changed).toBe(false);
    expect(go.kept?.[2]?.view).toMatchObject({ text: 'bikes', sort: 'company' });
    saved.openAll();
    expect([list.filtered, saved.current]).toEqual([false, '']);
  });

  it('are saved with filters, order and columns, renamed, moved and deleted', async () => {
    const { list, saved } = await views();
    list.filter({ text: 'tag:vip', date_preset: '7d' });
    list.arrange([{ field: 'name', width: 200 }]);
    await saved.save(' VIP ');
    const vip = saved.current;
    expect(saved.changed).toBe(false);
    expect(go.kept?.[3]?.view).toMatchObject({
      text: 'tag:vip',
      date_preset: '7d', // of the day that it is looked at
      columns: [{ field: 'name', width: 200 }],
    });
    await saved.move(vip, -1);
    await saved.rename('week', 'Fresh');
    expect(names(saved)).toBe('Fresh, Pending Activate, VIP, Locked');
    await saved.move(vip, 99);
    await saved.remove('pending');
    expect(names(saved)).toBe('Fresh, Locked, VIP');
  });

  it('are counted one after the other, once for many changes, with what can’t be read left out', async () => {
    const { list, saved } = await views();
    expect([saved.count('week'), saved.count('locked')]).toEqual([7, 2]);
    expect(go.asked.every(({ limit }) => limit === 1)).toBe(true);
    go.asked = [];
    for (let i = 0; i < 20; i++) go.changed();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(go.asked).toHaveLength(3);
    list.filter({ text: 'status:' });
    await saved.save('Wrong');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(saved.count(saved.current)).toBeUndefined();
    expect(saved.count('locked')).toBe(2);
  });
});

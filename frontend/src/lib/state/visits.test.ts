import { beforeEach, expect, test, vi } from 'vitest';

import type { Role, Visit, WorkspaceInfo } from '$lib/api';

import { visits } from './visits.svelte';
import { workspace } from './workspace.svelte';

const api = vi.hoisted(() => ({
  visits: vi.fn(),
  endVisit: vi.fn(),
  told: new Map<string, () => void>(),
}));
vi.mock('$lib/api', () => ({
  ...api,
  syncState: vi.fn(),
  onEvent: (name: string, handler: () => void) => {
    api.told.set(name, handler);
    return () => api.told.delete(name);
  },
}));

const visit = (id: string): Visit => ({ id, expires_at: Date.now() + 60_000 }) as Visit;
const open = (): string[] => visits.open.map(({ id }) => id);

/** An answer that comes when the test says so. */
function later(): (list: Visit[]) => void {
  let tell: (list: Visit[]) => void = () => undefined;
  api.visits.mockReturnValueOnce(new Promise<Visit[]>((resolve) => (tell = resolve)));
  return (list) => {
    tell(list);
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  api.visits.mockReset().mockResolvedValue([]);
  api.endVisit.mockReset().mockResolvedValue(undefined);
  vi.stubGlobal('window', new EventTarget());
  vi.stubGlobal('document', { hidden: false });
});

test('shows those with time left, as Go tells of them', async () => {
  api.visits.mockResolvedValueOnce([visit('a'), { ...visit('b'), expires_at: 1 }]);
  const stop = visits.follow();
  await settled();
  expect(open()).toEqual(['a']);
  api.visits.mockResolvedValueOnce([visit('c')]);
  api.told.get('visits:changed')?.();
  await settled();
  expect(open()).toEqual(['c']);
  stop();
  expect(api.told.size).toBe(0);
  expect(open()).toEqual([]);
});

test('an older answer never replaces a newer one, nor brings back an ended visit', async () => {
  const slow = later();
  const stop = visits.follow();
  api.visits.mockResolvedValueOnce([visit('a'), visit('b')]);
  api.told.get('visits:changed')?.();
  await settled();
  const during = later();
  api.told.get('visits:changed')?.();
  await visits.end('a');
  slow([]);
  during([visit('a'), visit('b')]);
  await settled();
  expect(open()).toEqual(['b']);
  stop();
});

test('one that could not be ended stays, and its button is free again', async () => {
  api.visits.mockResolvedValueOnce([visit('a')]);
  const stop = visits.follow();
  await settled();
  api.endVisit.mockRejectedValueOnce(new Error('offline'));
  const ending = visits.end('a');
  expect(visits.isEnding('a')).toBe(true);
  await expect(ending).rejects.toThrow('offline');
  expect([visits.isEnding('a'), open()]).toEqual([false, ['a']]);
  stop();
});

test('an answer that comes after the end is dropped', async () => {
  const slow = later();
  visits.follow()();
  slow([visit('a')]);
  await settled();
  expect(open()).toEqual([]);
});

test('support ends only its own visits', () => {
  const info = vi.spyOn(workspace, 'info', 'get');
  const as = (role: Role) => info.mockReturnValue({ role, member_id: 'm' } as WorkspaceInfo);
  const [own, other] = ['m', 'n'].map((member_id) => ({ ...visit('1'), member_id }));
  const may = () => [own, other].map((it) => it !== undefined && visits.mayEnd(it));
  as('support');
  expect(may()).toEqual([true, false]);
  as('manager');
  expect(may()).toEqual([true, true]);
  info.mockRestore();
});

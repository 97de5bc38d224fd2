import { beforeEach, expect, test, vi } from 'vitest';

import type { BulkChange, BulkFigures } from '$lib/api';
import { dialogs } from '$lib/state/dialogs.svelte';
import { toasts } from '$lib/state/toasts.svelte';

import { BulkForm } from './bulk-form.svelte';

const app = vi.hoisted(() => ({ PreviewBulk: vi.fn(), RunBulk: vi.fn(), Job: vi.fn() }));
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({ EventsOn: () => () => undefined }));

const of = { ids: ['a'], query: null, except: [] };
const tags: BulkChange = { kind: 'add_tags', status: '', lock_reason: '', tags: [] };
const lock: BulkChange = { kind: 'status', status: 'locked', lock_reason: '', tags: [] };
const figures = (changed: number): BulkFigures => ({
  total: 9,
  changed,
  already: 0,
  left: {},
  activation_mails: 0,
  set_password_mails: 0,
});
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  for (const method of Object.values(app)) method.mockReset();
  app.Job.mockResolvedValue({ id: '', title: '', done: 0, total: 0, running: false });
  for (const { id } of toasts.list) toasts.dismiss(id);
});

test('nothing is counted before there is a tag, and only the last answer counts', async () => {
  const form = new BulkForm(of, tags);
  await settled();
  expect([app.PreviewBulk.mock.calls.length, form.complete, form.ready]).toEqual([0, false, false]);
  let late: (f: BulkFigures) => void = () => undefined;
  app.PreviewBulk.mockReturnValueOnce(new Promise<BulkFigures>((resolve) => (late = resolve)));
  app.PreviewBulk.mockResolvedValueOnce(figures(4));
  form.tags = ['a'];
  form.tags = ['a', 'b'];
  await settled();
  late(figures(9));
  await settled();
  expect([form.figures?.changed, form.ready]).toEqual([4, true]);
});

test('a field that is wrong is told beside it, and nothing is done', async () => {
  app.PreviewBulk.mockResolvedValueOnce(figures(4));
  const form = new BulkForm(of, lock);
  await settled();
  const wrong = { code: 'too_long', field: 'lock_reason', message: 'Too long.' };
  app.PreviewBulk.mockRejectedValueOnce(new Error(JSON.stringify(wrong)));
  form.reason = 'x'.repeat(501);
  expect(await form.run()).toBe(false);
  expect(form.error('lock_reason')).toBe('Too long.');
  expect(app.RunBulk).not.toHaveBeenCalled();
  form.reason = 'x';
  expect(form.error('lock_reason')).toBeUndefined();
});

test('it closes the dialog, does it, and offers to take it back', async () => {
  app.PreviewBulk.mockResolvedValue(figures(4));
  app.RunBulk.mockResolvedValue({
    ...figures(4),
    action: { id: 'act', title: 'Lock 4 customers' },
    cancelled: false,
    rest: 0,
    failed: [],
    failed_count: 0,
    stopped: null,
  });
  dialogs.openBulk(of, lock);
  const form = new BulkForm(of, lock);
  await settled();
  expect(await form.run()).toBe(true);
  await settled();
  expect(dialogs.current).toBeNull();
  expect(toasts.list.map(({ text, action }) => [text, action?.label])).toEqual([
    ['Done: Lock 4 customers.', 'Undo'],
  ]);
});

test('with nobody to change it does nothing', async () => {
  app.PreviewBulk.mockResolvedValue(figures(0));
  const form = new BulkForm(of, lock);
  await settled();
  expect(await form.run()).toBe(false);
  expect(app.RunBulk).not.toHaveBeenCalled();
});

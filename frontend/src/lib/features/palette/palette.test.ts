import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { actions } from '$lib/actions';
import type { Page, Row } from '$lib/api';
import { sampleRow } from '$lib/state/sample-row';
import { workspace } from '$lib/state/workspace.svelte';

import { customerEntry } from './entries';
import { Palette } from './palette.svelte';
import { recent } from './recent.svelte';

const api = vi.hoisted(() => ({ listCustomers: vi.fn() }));
vi.mock('$lib/api', () => ({
  ...api,
  toAppError: (reason: unknown) => reason,
}));

const page = (...ids: string[]): Partial<Page> => ({ rows: ids.map((id) => sampleRow(id)) });
const keys = (palette: Palette): string[] => palette.entries.map(({ key }) => key);

/** An answer that comes when the test says so. */
function later(): (answer: Partial<Page>) => void {
  let tell: (answer: Partial<Page>) => void = () => undefined;
  api.listCustomers.mockReturnValueOnce(new Promise((resolve) => (tell = resolve)));
  return (answer) => {
    tell(answer);
  };
}

let stop = (): void => undefined;
beforeEach(() => {
  api.listCustomers.mockReset().mockResolvedValue(page());
  vi.spyOn(workspace, 'screen', 'get').mockReturnValue('list');
  stop = actions.provide({
    add_customer: { run: () => undefined },
    settings: { run: () => undefined },
    sync_now: { run: () => undefined, refusal: () => 'Sign in first' },
  });
});
afterEach(() => {
  stop();
  vi.restoreAllMocks();
});

test('with nothing typed it offers every action, what was chosen last first', () => {
  expect(keys(new Palette())).toEqual([
    'action/add_customer',
    'action/sync_now',
    'action/settings',
  ]);
  const palette = new Palette();
  const settings = palette.entries[2];
  if (settings) recent.add(workspace.key, settings);
  recent.add(workspace.key, customerEntry(sampleRow('anna')));
  expect(keys(palette)).toEqual([
    'customer/anna',
    'action/settings',
    'action/add_customer',
    'action/sync_now',
  ]);
  expect(palette.groups.map(({ title }) => title)).toEqual(['Recent', 'Actions']);
  recent.add('another workspace', customerEntry(sampleRow('bram')));
  expect(keys(new Palette())).toHaveLength(3);
});

test('it finds actions at once and customers when they come', async () => {
  const palette = new Palette();
  const answer = later();
  const search = palette.search('s');
  expect(keys(palette)).toEqual(['action/sync_now', 'action/settings']);
  answer(page('sara', 'saskia'));
  await search;
  expect(keys(palette)).toEqual([
    'action/sync_now',
    'action/settings',
    'customer/sara',
    'customer/saskia',
  ]);
  expect(api.listCustomers.mock.lastCall?.[0]).toMatchObject({ text: 's', limit: 8, offset: 0 });
});

test('an older answer never replaces a newer one, and nothing flickers between', async () => {
  const palette = new Palette();
  const [first, second] = [later(), later()];
  const searches = [palette.search('x'), palette.search('xy')];
  second(page('newer'));
  await searches[1];
  first(page('older'));
  await searches[0];
  expect(keys(palette)).toEqual(['customer/newer']);
  const third = later();
  const search = palette.search('xyz');
  expect(keys(palette)).toEqual(['customer/newer']);
  third(page());
  await search;
  expect(keys(palette)).toEqual([]);
  expect(palette.active).toBe(-1);
});

test('an action is not found by the customer that its title names', async () => {
  const undo = actions.provide({
    undo: { run: () => undefined, title: () => 'Undo lock Anna Lee' },
  });
  const palette = new Palette();
  await palette.search('anna');
  expect(keys(palette)).toEqual([]);
  await palette.search('undo');
  expect(keys(palette)).toEqual(['action/undo']);
  undo();
});

test('what was moved to stays when more is found', async () => {
  const palette = new Palette();
  const answer = later();
  const search = palette.search('s');
  palette.move(1);
  expect(palette.current?.key).toBe('action/settings');
  answer(page('sara'));
  await search;
  expect(palette.current?.key).toBe('action/settings');
  palette.move(1);
  expect(palette.current?.key).toBe('customer/sara');
  palette.move(1);
  expect(palette.current?.key).toBe('action/sync_now');
  palette.move(-1);
  expect(palette.current?.key).toBe('customer/sara');
});

test('words that can’t be searched for say why', async () => {
  const palette = new Palette();
  api.listCustomers.mockRejectedValueOnce({ message: 'There is no field statos' });
  await palette.search('statos:locked');
  expect(palette.failure).toBe('There is no field statos');
  await palette.search('');
  expect(palette.failure).toBe('');
});

test('recent customers are read again, and go when they are gone', async () => {
  const anna = sampleRow('anna');
  const gone = sampleRow('gone');
  for (const row of [gone, anna]) recent.add(workspace.key, customerEntry(row));
  const now: Row = { ...anna, status: 'locked' };
  api.listCustomers.mockImplementation(({ text }: { text: string }) =>
    Promise.resolve({ rows: text === anna.username ? [now] : [] }),
  );
  await recent.refresh();
  const customers = recent.of(workspace.key).filter(({ kind }) => kind === 'customer');
  expect(customers).toEqual([customerEntry(now)]);
});

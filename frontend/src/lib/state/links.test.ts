import { beforeEach, expect, test, vi } from 'vitest';

import { AppError } from '$lib/api';
import { linkTexts } from '$lib/texts/link';

import { dialogs } from './dialogs.svelte';
import { links } from './links.svelte';
import { toasts } from './toasts.svelte';

const app = vi.hoisted(() => ({ OpenedLink: vi.fn(), Customer: vi.fn() }));
const told = vi.hoisted(() => new Map<string, () => void>());
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({
  EventsOn: (name: string, handler: () => void) => {
    told.set(name, handler);
    return () => told.delete(name);
  },
}));

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const texts = (): string[] => toasts.list.map(({ text }) => text);

beforeEach(() => {
  for (const method of Object.values(app)) method.mockReset();
  dialogs.close();
  for (const { id } of toasts.list) toasts.dismiss(id);
});

test('a link shows its customer, once', async () => {
  app.OpenedLink.mockResolvedValueOnce('c1').mockResolvedValue('');
  app.Customer.mockResolvedValue({});
  const stop = links.follow();
  await settled();
  expect(links.customer).toBe('c1');
  await links.open();
  expect([dialogs.current, links.customer]).toEqual([
    { kind: 'edit', id: 'c1', tab: 'details' },
    '',
  ]);
  stop();
});

test('a link waits for the dialog that is open, also for one that opened meanwhile', async () => {
  app.OpenedLink.mockResolvedValueOnce('').mockResolvedValueOnce('c2');
  const stop = links.follow();
  await settled();
  dialogs.openAdd();
  told.get('link:opened')?.();
  await settled();
  expect([texts(), links.customer]).toEqual([[linkTexts.waits], 'c2']);
  app.Customer.mockResolvedValue({});
  await links.open();
  expect([dialogs.current?.kind, links.customer]).toEqual(['add', 'c2']);
  stop();
});

test('a link to nobody is told, and so is one that can’t be read', async () => {
  app.OpenedLink.mockResolvedValueOnce('c3');
  app.Customer.mockRejectedValueOnce(JSON.stringify({ code: 'not_found', message: 'Gone.' }));
  const stop = links.follow();
  await settled();
  await links.open();
  expect([texts(), dialogs.current]).toEqual([[linkTexts.unknown], null]);
  app.OpenedLink.mockRejectedValueOnce(new AppError('invalid', 'It names no customer.'));
  told.get('link:opened')?.();
  await settled();
  expect(texts()).toContain('It names no customer.');
  stop();
});

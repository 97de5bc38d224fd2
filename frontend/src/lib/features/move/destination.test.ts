import { beforeEach, expect, test, vi } from 'vitest';

import type { KnownWorkspace } from '$lib/api';
import { dialogs } from '$lib/state/dialogs.svelte';
import { move } from '$lib/state/move.svelte';
import { toasts } from '$lib/state/toasts.svelte';
import { workspace } from '$lib/state/workspace.svelte';

import { openDestination } from './destination';

const app = vi.hoisted(() => ({ State: vi.fn(), MoveState: vi.fn(), OpenWorkspace: vi.fn() }));
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({ EventsOn: () => () => undefined }));

const address = 'https://office.example';
const there: KnownWorkspace = {
  id: 's2',
  kind: 'shared',
  partner_name: 'Wheel Agency',
  partner_username: 'Olga@wheels.example',
  office_name: '',
  address,
  open: false,
  moved_to: '',
};
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(async () => {
  app.OpenWorkspace.mockReset().mockResolvedValue({ screen: 'list', workspace: {}, known: [] });
  app.MoveState.mockResolvedValue({
    phase: 'done',
    address,
    username: 'olga@wheels.example',
    refused: [],
  });
  dialogs.close();
  move.follow();
  await settled();
});

async function knowing(...known: KnownWorkspace[]): Promise<void> {
  app.State.mockResolvedValue({ screen: 'list', workspace: { id: 'l', kind: 'local' }, known });
  workspace.follow();
  await settled();
}

test('opens the workspace of whoever moved the customers', async () => {
  const somebodyElse = { ...there, id: 's1', partner_username: 'otto@wheels.example' };
  await knowing(somebodyElse, there);
  await openDestination();
  expect(app.OpenWorkspace.mock.calls).toEqual([['s2']]);
  expect(dialogs.current).toBeNull();
});

test.each([
  ['nothing is known', []],
  ['another person is known there', [{ ...there, partner_username: 'otto@wheels.example' }]],
  ['another Back Office is known', [{ ...there, address: 'https://other.example' }]],
])('asks to connect, with what is known filled in, when %s', async (_, known) => {
  await knowing(...known);
  await openDestination();
  expect(app.OpenWorkspace).not.toHaveBeenCalled();
  expect(dialogs.current).toEqual({
    kind: 'connect',
    known: { address, username: 'olga@wheels.example' },
  });
});

test('a failure is told', async () => {
  await knowing(there);
  app.OpenWorkspace.mockRejectedValueOnce(JSON.stringify({ code: 'storage', message: 'No.' }));
  await openDestination();
  expect(toasts.list.map(({ text }) => text)).toContain('No.');
});

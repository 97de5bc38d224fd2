import { beforeEach, expect, test, vi } from 'vitest';

import type { UpdateState } from '$lib/api';
import { update } from '$lib/state/update.svelte';

import { UpdateForm } from './update-form.svelte';

const app = vi.hoisted(() => ({ UpdateState: vi.fn(), SaveUpdateSettings: vi.fn() }));
const told = vi.hoisted(() => new Map<string, () => void>());
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({
  EventsOn: (name: string, handler: () => void) => {
    told.set(name, handler);
    return () => told.delete(name);
  },
}));

const state = (on: boolean, address: string): UpdateState => ({
  possible: true,
  settings: { on, address },
  newest: '',
  notes: '',
  checked_at: 0,
  problem: '',
});

beforeEach(() => {
  for (const method of Object.values(app)) method.mockReset();
});

test('what was saved stands in the form, also while an event asks anew', async () => {
  const address = 'https://desk.example/desk.json';
  app.UpdateState.mockResolvedValueOnce(state(false, ''));
  const stop = update.follow();
  await new Promise((resolve) => setImmediate(resolve));
  const form = new UpdateForm();
  form.values = { on: true, address: ` ${address} ` };
  expect(form.dirty).toBe(true);
  app.SaveUpdateSettings.mockResolvedValueOnce(state(true, address));
  app.UpdateState.mockImplementationOnce(() => {
    app.UpdateState.mockReturnValueOnce(new Promise(() => undefined)); // the event's is still out
    told.get('update:state')?.();
    return Promise.resolve(state(true, address));
  });
  expect(await form.save()).toBe(true);
  expect(app.SaveUpdateSettings).toHaveBeenCalledWith({ on: true, address });
  expect(form.values).toEqual({ on: true, address });
  stop();
});

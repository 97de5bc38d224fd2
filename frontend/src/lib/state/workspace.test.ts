import { beforeEach, expect, test, vi } from 'vitest';

import type { WorkspaceState } from '$lib/api';

import { workspace } from './workspace.svelte';

const app = vi.hoisted(() => ({ State: vi.fn(), SignOut: vi.fn() }));
const told = vi.hoisted(() => new Map<string, (data?: unknown) => void>());
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({
  EventsOn: (name: string, handler: () => void) => {
    told.set(name, handler);
    return () => told.delete(name);
  },
}));

const state = (screen: WorkspaceState['screen']): WorkspaceState =>
  ({ screen, workspace: { id: 'w', kind: 'local' }, known: [] }) as unknown as WorkspaceState;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

beforeEach(() => {
  for (const method of Object.values(app)) method.mockReset();
});

test('is a problem while nothing is known of it, until Go answers', async () => {
  app.State.mockRejectedValueOnce('broken').mockResolvedValueOnce(state('list'));
  const stop = workspace.follow();
  await settled();
  expect(workspace.screen).toBe('problem');
  told.get('workspace:state')?.();
  await settled();
  expect([workspace.screen, workspace.problem]).toEqual(['list', null]);
  app.State.mockRejectedValueOnce('broken');
  told.get('workspace:state')?.();
  await settled();
  expect(workspace.screen).toBe('list');
  stop();
  expect(told.size).toBe(0);
});

test('what an event brings along is not believed: Go is asked', async () => {
  app.State.mockResolvedValue(state('list'));
  const stop = workspace.follow();
  told.get('workspace:state')?.(state('welcome'));
  await settled();
  expect(workspace.screen).toBe('list');
  stop();
});

test('an older answer never replaces a newer one', async () => {
  let answer: (late: WorkspaceState) => void = () => undefined;
  const late = new Promise<WorkspaceState>((resolve) => {
    answer = resolve;
  });
  app.State.mockReturnValueOnce(late).mockResolvedValueOnce(state('sign_in'));
  const stop = workspace.follow();
  told.get('workspace:state')?.();
  await settled();
  answer(state('list'));
  await settled();
  expect(workspace.screen).toBe('sign_in');
  stop();
});

test('what a call answers late is asked again', async () => {
  app.SignOut.mockResolvedValueOnce(state('sign_in'));
  app.State.mockResolvedValue(state('list')); // signed in again meanwhile
  await workspace.signOut();
  expect(workspace.screen).toBe('list');
});

test('an action is over only when what it changed is known, also when its own answer was overtaken', async () => {
  const answers: ((answer: WorkspaceState) => void)[] = [];
  app.State.mockResolvedValueOnce(state('list')).mockImplementation(
    () => new Promise<WorkspaceState>((resolve) => answers.push(resolve)),
  );
  const stop = workspace.follow();
  await settled();
  let over = false;
  const out = workspace.signOut().then(() => {
    over = true;
  });
  await settled();
  told.get('workspace:state')?.(); // while the action reads how things are
  answers[0]?.(state('list'));
  await settled();
  expect(over).toBe(false);
  answers[1]?.(state('sign_in'));
  await out;
  expect(workspace.screen).toBe('sign_in');
  stop();
});

import { beforeEach, expect, test, vi } from 'vitest';

import type { MoveState, WorkspaceInfo } from '$lib/api';

import { move } from './move.svelte';
import { workspace } from './workspace.svelte';

const app = vi.hoisted(() => ({
  State: vi.fn(),
  MoveState: vi.fn(),
  StartMove: vi.fn(),
  StopMove: vi.fn(),
  ResumeMove: vi.fn(),
  GiveUpMove: vi.fn(),
}));
const told = vi.hoisted(() => new Map<string, (data?: unknown) => void>());
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({
  EventsOn: (name: string, handler: () => void) => {
    told.set(name, handler);
    return () => told.delete(name);
  },
}));

const state = (phase: MoveState['phase'], moved = 0): MoveState =>
  ({ phase, moved, address: 'https://office.example', refused: [] }) as unknown as MoveState;
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const request = {
  address: 'https://office.example',
  username: 'olga@wheels.example',
  password: 'secret',
  mail_pending: false,
};

beforeEach(() => {
  for (const method of Object.values(app)) method.mockReset();
  app.State.mockReturnValue(new Promise(() => undefined));
  told.clear();
});

function open(info: Partial<WorkspaceInfo>): () => void {
  app.State.mockResolvedValue({ screen: 'list', workspace: info });
  return workspace.follow();
}

test('begins with what Go answers and asks again when told', async () => {
  app.MoveState.mockResolvedValueOnce(state('running', 1)).mockResolvedValueOnce(state('done', 2));
  const stop = move.follow();
  await settled();
  expect([move.state.phase, move.state.moved]).toEqual(['running', 1]);
  told.get('move:state')?.();
  await settled();
  expect([move.state.phase, move.state.moved]).toEqual(['done', 2]);
  stop();
  expect([move.state.phase, told.has('move:state')]).toEqual(['none', false]);
});

test('an older answer never replaces a newer one', async () => {
  let answer: (late: MoveState) => void = () => undefined;
  const late = new Promise<MoveState>((resolve) => {
    answer = resolve;
  });
  app.MoveState.mockReturnValueOnce(late).mockResolvedValueOnce(state('done'));
  const stop = move.follow();
  told.get('move:state')?.();
  await settled();
  answer(state('running'));
  await settled();
  expect(move.state.phase).toBe('done');
  stop();
});

test('a move that was over before its start was answered is over', async () => {
  app.StartMove.mockResolvedValueOnce(state('running'));
  app.MoveState.mockResolvedValue(state('done', 3));
  await move.start(request);
  expect(app.StartMove).toHaveBeenCalledWith(request);
  expect([move.state.phase, move.state.moved]).toEqual(['done', 3]);
});

test.each([
  ['start', app.StartMove, () => move.start(request)],
  ['stop', app.StopMove, () => move.stop()],
  ['resume', app.ResumeMove, () => move.resume('secret')],
  ['give up', app.GiveUpMove, () => move.giveUp()],
])('%s that is refused rejects and shows how things stand', async (_, method, call) => {
  method.mockRejectedValueOnce(JSON.stringify({ code: 'conflict', message: 'Not now.' }));
  app.MoveState.mockResolvedValue(state('stopped', 7));
  await expect(call()).rejects.toMatchObject({ code: 'conflict', message: 'Not now.' });
  expect([move.state.phase, move.state.moved]).toEqual(['stopped', 7]);
});

test.each([
  ['local', 'none', '', false],
  ['local', 'running', '', true],
  ['local', 'stopped', '', true],
  ['local', 'done', 'https://office.example', true],
  ['local', 'none', 'https://office.example', true],
  ['shared', 'done', '', false],
  ['sample', 'none', '', false],
] as const)('%s, %s, moved to "%s": freezes is %s', async (kind, phase, moved_to, freezes) => {
  app.MoveState.mockResolvedValue(state(phase));
  const stops = [open({ id: 'w', kind, moved_to }), move.follow()];
  await settled();
  expect(move.freezes).toBe(freezes);
  for (const stop of stops) stop();
});

test('where it went is known from the workspace too', async () => {
  app.MoveState.mockResolvedValue({ ...state('none'), address: '' });
  const stops = [
    open({ id: 'w', kind: 'local', moved_to: 'https://elsewhere.example' }),
    move.follow(),
  ];
  await settled();
  expect([move.hasMoved, move.address]).toEqual([true, 'https://elsewhere.example']);
  for (const stop of stops) stop();
});

import { beforeEach, describe, expect, test, vi } from 'vitest';

import { AppError, type Customer, type CustomerRecord, type Problem } from '$lib/api';

import { history } from '$lib/state/history.svelte';
import { move } from '$lib/state/move.svelte';
import { workspace } from '$lib/state/workspace.svelte';

import { CustomerForm } from './form.svelte';

const app = vi.hoisted(() => ({ CheckCustomer: vi.fn(), SaveCustomer: vi.fn(), History: vi.fn() }));
vi.mock('$wails/go/main/App', () => app);
vi.mock('$wails/runtime/runtime', () => ({}));

const anna = {
  id: '1',
  username: 'anna@bikes.example',
  first_name: 'Anna',
  last_name: 'de Vries',
  company: 'Bikes',
  city: '',
  status: 'pending_activate',
  lock_reason: '',
  tags: ['a'],
  has_password: false,
  revision: 1,
} as unknown as Customer;

const record = (change: Partial<Customer> = {}, problem?: Problem): CustomerRecord => ({
  customer: { ...anna, ...change },
  waiting: false,
  sent: false,
  drop_removes: false,
  problem: problem ?? null,
});
const opened = (): CustomerForm => new CustomerForm(record(), false);
const wrong = (field: string, message = 'No.') => ({ code: 'invalid', field, message });

beforeEach(() => {
  app.CheckCustomer.mockReset().mockResolvedValue([]);
  app.SaveCustomer.mockReset().mockResolvedValue(record());
  app.History.mockReset().mockResolvedValue({ undo: null, redo: null, refused: null });
});

describe('what is wrong', () => {
  test('is told when the field is left, and of that field only', async () => {
    const form = opened();
    app.CheckCustomer.mockResolvedValue([wrong('username'), wrong('company')]);
    await form.leave('username');
    expect(form.error('username')).toBe('No.');
    expect(form.error('company')).toBeUndefined();
  });

  test('goes as soon as it is right, and is not asked of right fields', async () => {
    const form = opened();
    await form.change('username');
    expect(app.CheckCustomer).not.toHaveBeenCalled();
    app.CheckCustomer.mockResolvedValueOnce([wrong('username')]);
    await form.leave('username');
    await form.change('username');
    expect(form.error('username')).toBeUndefined();
  });

  test('waits for the end of a press, so that a click hits its mark', async () => {
    const form = opened();
    app.CheckCustomer.mockResolvedValue([wrong('username')]);
    form.press();
    await form.leave('username');
    expect(form.error('username')).toBeUndefined();
    await form.release();
    expect(form.error('username')).toBe('No.');
  });

  test('is the newest answer', async () => {
    const form = opened();
    let tell: (found: unknown[]) => void = () => undefined;
    app.CheckCustomer.mockReturnValueOnce(new Promise((resolve) => (tell = resolve)));
    const slow = form.leave('username');
    await form.leave('company');
    tell([wrong('username')]);
    await slow;
    expect(form.error('username')).toBeUndefined();
  });
});

test('is dirty by what was typed, not by what came from elsewhere', () => {
  const form = opened();
  expect(form.dirty).toBe(false);
  form.refresh(record({ company: 'Wheels', revision: 2 }));
  expect([form.dirty, form.changedElsewhere, form.values.company]).toEqual([false, true, 'Wheels']);
  form.values.city = 'Delft';
  expect(form.dirty).toBe(true);
});

test('a password that is not asked is not saved', async () => {
  const form = opened();
  form.values.status = 'activated';
  form.passwordChoice = 'set';
  form.password = 'seven purple bicycles';
  expect(form.dirty).toBe(true);
  form.values.status = 'pending_activate';
  expect(form.dirty).toBe(false);
  await form.save();
  expect(app.SaveCustomer.mock.calls[0]?.[0]).toMatchObject({ password: '', settles: '' });
});

describe('saving', () => {
  test('happens once however often it is asked', async () => {
    const form = opened();
    const both = await Promise.all([form.save(), form.save()]);
    expect(app.SaveCustomer).toHaveBeenCalledTimes(1);
    expect(both[1]).toBeNull();
  });

  test('is over when it is known that it can be taken back', async () => {
    app.History.mockResolvedValue({ undo: { id: 'a', title: 'Edit' }, redo: null, refused: null });
    await opened().save();
    expect(history.undo?.title).toBe('Edit');
  });

  test('that is refused tells it beside the field, and keeps what was typed', async () => {
    const form = opened();
    form.values.username = 'bob@bikes.example';
    app.SaveCustomer.mockRejectedValueOnce(new AppError('username_taken', 'Taken.', 'username'));
    expect(await form.save()).toBeNull();
    expect([form.error('username'), form.failure, form.saving]).toEqual(['Taken.', '', false]);
    expect(form.values.username).toBe('bob@bikes.example');
  });

  test('that fails for no field tells it above', async () => {
    const form = opened();
    app.SaveCustomer.mockRejectedValueOnce(new AppError('storage', 'The disk is full.'));
    await form.save();
    expect(form.failure).toBe('The disk is full.');
  });

  test('asks for the password that was to be set', async () => {
    const form = opened();
    form.values.status = 'activated';
    form.passwordChoice = 'set';
    expect(await form.save()).toBeNull();
    expect(form.error('password')).toBeTruthy();
    expect(app.SaveCustomer).not.toHaveBeenCalled();
  });
});

describe('a clash', () => {
  test('must be settled before anything is saved', async () => {
    const form = opened();
    form.values.company = 'Mine';
    form.refresh(record({ company: 'Theirs', revision: 2 }));
    expect(form.clash('company')).toBeDefined();
    expect(await form.save()).toBeNull();
    expect(form.error('company')).toBeTruthy();
    form.choose('company', 'mine');
    expect(form.error('company')).toBeUndefined();
    await form.save();
    expect(app.SaveCustomer.mock.calls[0]?.[0]).toMatchObject({
      base: { company: 'Theirs' },
      customer: { company: 'Mine' },
    });
  });

  test('that came back is shown again when the dialog opens', () => {
    const problem: Problem = {
      mutation_id: 'm',
      outcome: 'conflict',
      conflicts: ['company'],
      base: { company: 'Bikes' },
      mine: { company: 'Mine' },
      theirs: { company: 'Theirs' },
    };
    const form = new CustomerForm(record({ company: 'Mine' }, problem), false);
    expect(form.clash('company')).toMatchObject({ theirs: { company: 'Theirs' }, cameBack: true });
  });
});

test('a change that was refused tells why beside its field', () => {
  const problem: Problem = {
    mutation_id: 'm',
    outcome: 'rejected',
    error: wrong('username', 'Taken.'),
    conflicts: [],
    base: {},
    mine: {},
    theirs: {},
  };
  expect(new CustomerForm(record({}, problem), false).error('username')).toBe('Taken.');
});

describe('a change from elsewhere while the dialog is open', () => {
  const problem: Problem = {
    mutation_id: 'm',
    outcome: 'conflict',
    conflicts: ['company'],
    base: { company: 'Bikes' },
    mine: { company: 'Mine' },
    theirs: { company: 'Theirs' },
  };

  test('is told, and leaves what was typed with both values to choose from', async () => {
    const form = opened();
    form.values.company = 'Typed';
    form.values.city = 'Delft';
    form.refresh(record({ company: 'Wheels', phone: '1', revision: 2 }));
    expect(form.changedElsewhere).toBe(true);
    expect([form.values.company, form.values.city, form.values.phone]).toEqual([
      'Typed',
      'Delft',
      '1',
    ]);
    expect(form.clash('company')).toMatchObject({
      base: { company: 'Bikes' },
      theirs: { company: 'Wheels' },
    });
    form.choose('company', 'theirs');
    await form.save();
    expect(app.SaveCustomer.mock.calls[0]?.[0]).toMatchObject({
      base: { company: 'Wheels', city: '' },
      customer: { company: 'Wheels', city: 'Delft' },
    });
  });

  test('is not told when nothing of the customer changed', () => {
    const form = opened();
    form.refresh(record());
    expect(form.changedElsewhere).toBe(false);
  });

  test('that makes a conflict of a change already sent brings its choices', () => {
    const form = new CustomerForm(record({ company: 'Mine' }), false);
    form.refresh(record({ company: 'Mine' }, problem));
    expect(form.clash('company')).toMatchObject({ cameBack: true, theirs: { company: 'Theirs' } });
  });

  test('to the other side of a conflict asks anew, with the newest value', async () => {
    const form = new CustomerForm(record({ company: 'Mine' }, problem), false);
    form.choose('company', 'theirs');
    form.refresh(record({ company: 'Mine' }, { ...problem, theirs: { company: 'Later' } }));
    expect(form.changedElsewhere).toBe(true);
    expect(form.clash('company')).toMatchObject({ theirs: { company: 'Later' } });
    expect(await form.save()).toBeNull();
    form.choose('company', 'theirs');
    await form.save();
    expect(app.SaveCustomer.mock.calls[0]?.[0]).toMatchObject({
      customer: { company: 'Later' },
      settles: problem.mutation_id,
    });
  });

  test('that took the change away leaves no choices behind', () => {
    const form = new CustomerForm(record({ company: 'Mine' }, problem), false);
    form.refresh(record({ company: 'Theirs', revision: 2 }));
    expect([form.problem, form.clash('company')]).toEqual([null, undefined]);
  });
});

describe('a change that can be dropped', () => {
  test('waits or came back, and is not on its way', () => {
    const form = (more: Partial<CustomerRecord>): CustomerForm =>
      new CustomerForm({ ...record(), ...more }, false);
    expect(form({}).droppable).toBe(false);
    expect(form({ waiting: true }).droppable).toBe(true);
    expect(form({ waiting: true, sent: true }).droppable).toBe(false);
    const opened = form({ waiting: true });
    opened.refresh({ ...record(), waiting: true, sent: true });
    expect(opened.droppable).toBe(false);
    expect(form({ waiting: true, drop_removes: true }).dropRemoves).toBe(true);
    expect(form({ waiting: true }).dropRemoves).toBe(false);
  });

  test('leaves what is typed when it is gone, and shows theirs', () => {
    const problem: Problem = {
      ...{ mutation_id: 'm', outcome: 'conflict', conflicts: ['company'] },
      ...{ base: { company: 'Bikes' }, mine: { company: 'Mine' }, theirs: { company: 'Theirs' } },
    };
    const form = new CustomerForm(record({ company: 'Mine' }, problem), false);
    form.values.city = 'Delft';
    form.refresh(record({ company: 'Theirs', revision: 2 }));
    expect([form.values.company, form.values.city]).toEqual(['Theirs', 'Delft']);
    expect([form.dirty, form.droppable]).toEqual([true, false]);
  });
});

test('support may look only: nothing is saved', async () => {
  const isSupport = vi.spyOn(workspace, 'looksOnly', 'get').mockReturnValue(true);
  const form = opened();
  form.values.city = 'Delft';
  expect([form.readonly, await form.save()]).toEqual([true, null]);
  expect(app.SaveCustomer).not.toHaveBeenCalled();
  isSupport.mockRestore();
  expect(form.readonly).toBe(false);
});

test('while the customers move nothing is saved either', () => {
  const freezes = vi.spyOn(move, 'freezes', 'get').mockReturnValue(true);
  expect(opened().readonly).toBe(true);
  freezes.mockRestore();
  expect(opened().readonly).toBe(false);
});

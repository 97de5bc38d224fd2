import { describe, expect, test } from 'vitest';

import type { Customer, Problem } from '$lib/api';

import { absorb, changedFields, clashesOf, type Merged, reopen, settle } from './merge';

const anna: Customer = {
  id: '1',
  username: 'anna@bikes.example',
  first_name: 'Anna',
  last_name: 'de Vries',
  company: 'Bikes',
  phone: '',
  website: '',
  street: '',
  postal_code: '',
  city: '',
  country: '',
  language: 'en',
  status: 'activated',
  lock_reason: '',
  notes: '',
  tags: ['a'],
  has_password: true,
  created_at: 1,
  activated_at: 1,
  last_login_at: 0,
  mail_kind: '',
  mail_state: '',
  mail_error: '',
  mail_at: 0,
  link_expires_at: 0,
  revision: 1,
};

const opened = (typed: Partial<Customer> = {}): Merged => ({
  base: anna,
  values: { ...anna, ...typed },
  clashes: [],
});

test('what differs is what the user changed, tags by their words', () => {
  expect(changedFields(anna, { ...anna, tags: ['a'] })).toEqual([]);
  expect(changedFields(anna, { ...anna, tags: ['b'], city: 'Delft' })).toEqual(['city', 'tags']);
  expect(changedFields(anna, { ...anna, last_login_at: 9, revision: 2 })).toEqual([]);
});

describe('a change from elsewhere', () => {
  test('reaches untouched fields and facts, and leaves what was typed', () => {
    const latest = { ...anna, company: 'Wheels', last_login_at: 5, revision: 2 };
    const after = absorb(opened({ city: 'Delft' }), latest);
    expect(after.values).toMatchObject({ company: 'Wheels', city: 'Delft', last_login_at: 5 });
    expect(changedFields(after.base, after.values)).toEqual(['city']);
    expect(after.clashes).toEqual([]);
  });

  test('to a field that was typed in is a clash, and the typing stays', () => {
    const after = absorb(opened({ company: 'Mine' }), { ...anna, company: 'Theirs' });
    expect(after.values.company).toBe('Mine');
    expect(after.clashes).toMatchObject([
      { field: 'company', base: { company: 'Bikes' }, theirs: { company: 'Theirs' } },
    ]);
  });

  test('that says the same is no clash', () => {
    const after = absorb(opened({ company: 'Same' }), { ...anna, company: 'Same' });
    expect(after.clashes).toEqual([]);
    expect(changedFields(after.base, after.values)).toEqual([]);
  });

  test('is told anew when it goes on', () => {
    const once = absorb(opened({ company: 'Mine' }), { ...anna, company: 'Theirs' });
    const twice = absorb(once, { ...anna, company: 'Later' });
    expect(twice.clashes).toMatchObject([
      { base: { company: 'Bikes' }, theirs: { company: 'Later' } },
    ]);
  });

  test('settled for mine saves mine, for theirs saves nothing', () => {
    const clash = absorb(opened({ company: 'Mine' }), { ...anna, company: 'Theirs' });
    const mine = settle(clash, 'company', 'mine');
    expect(mine.values.company).toBe('Mine');
    expect(mine.base.company).toBe('Theirs');
    const theirs = settle(clash, 'company', 'theirs');
    expect(theirs.values.company).toBe('Theirs');
    expect(changedFields(theirs.base, theirs.values)).toEqual([]);
  });
});

describe('a change that came back', () => {
  const problem: Problem = {
    mutation_id: 'm',
    outcome: 'conflict',
    conflicts: ['company', 'password_hash'],
    base: { company: 'Bikes' },
    mine: { company: 'Mine' },
    theirs: { company: 'Theirs' },
  };
  const clashes = clashesOf(problem);
  const before: Merged = {
    base: { ...anna, company: 'Mine' },
    values: { ...anna, company: 'Mine' },
    clashes,
  };

  test.each(['mine', 'theirs'] as const)('settled for %s is a change that goes again', (choice) => {
    const after = settle(before, 'company', choice);
    expect(after.values.company).toBe(choice === 'mine' ? 'Mine' : 'Theirs');
    expect(changedFields(after.base, after.values)).toEqual(['company']);
  });

  test('can be settled the other way', () => {
    const after = settle(settle(before, 'company', 'theirs'), 'company', 'mine');
    expect(after.values.company).toBe('Mine');
    expect(after.base.company).toBe('Theirs');
  });

  test('shows all three values', () => {
    expect(clashes).toMatchObject([
      { base: { company: 'Bikes' }, mine: { company: 'Mine' }, theirs: { company: 'Theirs' } },
    ]);
  });

  describe('and changed again elsewhere', () => {
    const later = { ...problem, theirs: { company: 'Later' } };

    test('is told with the newest value', () => {
      expect(reopen(before, later).clashes).toMatchObject([{ theirs: { company: 'Later' } }]);
    });

    test.each(['mine', 'theirs'] as const)('is to be settled anew after %s', (choice) => {
      const after = reopen(settle(before, 'company', choice), later);
      expect(after.clashes[0]?.choice).toBeUndefined();
      expect([after.base.company, after.values.company]).toEqual(['Mine', 'Mine']);
      const again = settle(after, 'company', 'theirs');
      expect(again.values.company).toBe('Later');
      expect(changedFields(again.base, again.values)).toEqual(['company']);
    });

    test('leaves a choice alone whose value did not change', () => {
      const chosen = settle(before, 'company', 'mine');
      expect(reopen(chosen, { ...problem })).toEqual(chosen);
    });
  });
});

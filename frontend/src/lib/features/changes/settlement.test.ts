import { expect, test } from 'vitest';

import type { Problem } from '$lib/api';

import { Begun, Settlement } from './settlement.svelte';

const problem = (theirs: Problem['theirs']): Problem => ({
  mutation_id: 'm',
  outcome: 'conflict',
  conflicts: ['company', 'city'],
  base: { company: 'Bikes', city: '' },
  mine: { company: 'Mine', city: 'Delft', phone: '1' },
  theirs,
});
const first = problem({ company: 'Theirs', city: 'Leiden' });

test('is complete when each field in conflict has a choice', () => {
  const settlement = new Settlement(() => first);
  expect([settlement.others, settlement.complete]).toEqual([['phone'], false]);
  settlement.choose('company', 'mine');
  expect(settlement.complete).toBe(false);
  settlement.choose('city', 'theirs');
  expect(settlement.complete).toBe(true);
  expect(settlement.keep).toEqual({ company: 'mine', city: 'theirs' });
});

test('all of one side is one press', () => {
  const settlement = new Settlement(() => first);
  settlement.chooseAll('theirs');
  expect(settlement.keep).toEqual({ company: 'theirs', city: 'theirs' });
  settlement.chooseAll('mine');
  expect(settlement.keep).toEqual({ company: 'mine', city: 'mine' });
});

test('a value that changed again elsewhere is told, and is to be chosen anew', () => {
  let now = first;
  const settlement = new Settlement(() => now);
  settlement.chooseAll('mine');
  now = problem({ company: 'Later', city: 'Leiden' });
  expect([settlement.isMoved('company'), settlement.isMoved('city')]).toEqual([true, false]);
  expect(settlement.choice('company')).toBeUndefined();
  expect([settlement.keep, settlement.complete]).toEqual([{ city: 'mine' }, false]);
  settlement.choose('company', 'theirs');
  expect(settlement.isMoved('company')).toBe(false);
  expect(settlement.keep).toEqual({ company: 'theirs', city: 'mine' });
  expect(settlement.complete).toBe(true);
});

test('is begun once something is chosen that counts', () => {
  let now = first;
  const begun = new Begun();
  const settlement = new Settlement(() => now);
  const gone = begun.add(settlement);
  expect(begun.any).toBe(false);
  settlement.choose('company', 'mine');
  expect(begun.any).toBe(true);
  now = problem({ company: 'Later', city: 'Leiden' });
  expect(begun.any).toBe(false);
  settlement.choose('city', 'mine');
  gone();
  expect([settlement.begun, begun.any]).toEqual([true, false]);
});

test('a choice for a field that is no longer in conflict does not go along', () => {
  let now = first;
  const settlement = new Settlement(() => now);
  settlement.chooseAll('mine');
  now = { ...first, conflicts: ['city'] };
  expect([settlement.keep, settlement.complete]).toEqual([{ city: 'mine' }, true]);
});

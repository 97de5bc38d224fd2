import { expect, test } from 'vitest';

import { described } from '$lib/actions';

import { rank } from './rank';

/** The titles that are found, the best first. */
function found(typed: string): string[] {
  return described
    .map(({ title, words }) => ({ title, score: rank(typed, title, words) }))
    .filter(({ score }) => score !== null)
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0))
    .map(({ title }) => title);
}

test.each([
  ['add', 'Add New Customer'],
  ['anc', 'Add New Customer'],
  ['newcust', 'Add New Customer'],
  ['cust add', 'Add New Customer'],
  ['ADD', 'Add New Customer'],
  ['sett', 'Settings'],
  ['set', 'Settings'],
  ['preferences', 'Settings'],
  ['log in', 'Log in as'],
  ['lock', 'Show Locked'],
  ['attention', 'Needs attention'],
  ['abo', 'About Partner Desk'],
])('%s finds %s first', (typed, title) => {
  expect(found(typed)[0]).toBe(title);
});

test('letters that are merely somewhere find nothing', () => {
  expect(rank('anna', 'Add New Customer')).toBeNull();
  expect(rank('ao', 'About')).toBeNull();
  expect(rank('zzz', 'Settings', 'preferences')).toBeNull();
  expect(rank('add zzz', 'Add New Customer')).toBeNull();
});

test('a title counts more than other words, and accents not at all', () => {
  expect(rank('sync', 'Sync now', '')).toBeGreaterThan(rank('sync', 'Refresh', 'sync') ?? 0);
  expect(rank('exporter', 'Éxportér')).not.toBeNull();
  expect(rank('', 'Anything')).toBe(0);
});

import { expect, test } from 'vitest';

import { described } from '$lib/actions';

import { grouped } from './groups';

test('every action that has a shortcut is listed once, under its menu', () => {
  const groups = grouped(
    described.map((action) => ({ ...action, plainTitle: action.title, object: '', refusal: '' })),
  );
  const lines = groups.flatMap(({ lines }) => lines.map(({ does }) => does));
  const wanted = described.filter(({ keys }) => keys.length > 0).map(({ title }) => title);
  expect(lines.sort()).toEqual(wanted.sort());
  expect(groups.map(({ title }) => title)).toEqual(['Customers', 'View', 'Workspace', 'Help']);
});

test('what is not there, or has no shortcut, is not listed', () => {
  expect(grouped([])).toEqual([]);
  const members = described.find(({ id }) => id === 'members');
  expect(members && grouped([{ ...members, plainTitle: '', object: '', refusal: '' }])).toEqual([]);
});

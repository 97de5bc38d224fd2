import { expect, test } from 'vitest';

import { shownErrors } from './errors';

const found = [
  { code: 'required', field: 'username', message: 'Enter an address.' },
  { code: 'required', field: 'company', message: 'Company is required.' },
];

test('shows only fields that were left', () => {
  expect(shownErrors(found, new Set(['username']), {})).toEqual({ username: 'Enter an address.' });
  expect(shownErrors(found, new Set(), {})).toEqual({});
});

test('keeps what was shown while it is wrong, and takes it away when it is not', () => {
  const shown = { company: 'Company is required.', city: 'Too long.' };
  expect(shownErrors(found, new Set(), shown)).toEqual({ company: 'Company is required.' });
});

test('a field is told one thing', () => {
  const twice = [...found, { code: 'invalid', field: 'username', message: 'Second.' }];
  expect(shownErrors(twice, new Set(['username']), {}).username).toBe('Enter an address.');
});

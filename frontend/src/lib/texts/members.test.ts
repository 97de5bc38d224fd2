import { expect, test } from 'vitest';

import { roles } from '$lib/api';

import { memberTexts as texts } from './members';

test('every role says what it may do', () => {
  expect(roles.map((role) => texts.roleOption(role))).toEqual([
    'Owner: does everything, and manages the members',
    'Manager: adds and changes customers',
    'Support: looks at customers and logs in as them',
  ]);
});

test('the last sign-in is a moment, or never', () => {
  expect([texts.lastSignIn(''), texts.lastSignIn('12 Mar 2026, 14:02')]).toEqual([
    'Never signed in',
    'Last sign-in 12 Mar 2026, 14:02',
  ]);
});

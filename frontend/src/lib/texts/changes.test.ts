import { expect, test } from 'vitest';

import type { WaitingChange } from '$lib/api';

import { changeDeeds, changesSummary } from './changes';

const change = (more: Partial<WaitingChange>): WaitingChange => ({
  mutation_id: 'm',
  customer_id: 'c',
  kind: 'update',
  name: 'Anna de Vries',
  username: 'anna@bikes.example',
  company: 'Bikes',
  fields: [],
  edit: false,
  activation_mail: false,
  lock: false,
  sent: false,
  made_at: 1,
  problem: null,
  ...more,
});

test.each<[string[], Partial<WaitingChange>]>([
  [['Changes City'], { fields: ['city'], edit: true }],
  [['Changes City, Phone and Tags'], { fields: ['city', 'phone', 'tags'], edit: true }],
  [['Changes Status'], { fields: ['status'], edit: true }],
  [['Changes Status and Password'], { fields: ['status', 'password_hash'], edit: true }],
  [['Locks the account'], { fields: ['status', 'lock_reason'], lock: true }],
  [['Changes Notes', 'Locks the account'], { fields: ['status', 'notes'], edit: true, lock: true }],
  [['Mails an activation link'], { fields: ['status'], activation_mail: true }],
  [
    ['Changes Username', 'Mails an activation link'],
    { fields: ['username'], edit: true, activation_mail: true },
  ],
  [
    ['Adds this customer', 'Mails an activation link'],
    { kind: 'create', fields: ['username', 'status'], activation_mail: true },
  ],
  [
    ['Adds this customer', 'Locks the account'],
    { kind: 'create', fields: ['username', 'status'], lock: true },
  ],
])('%j', (deeds, more) => {
  expect(changeDeeds(change(more))).toEqual(deeds);
});

test('what waits is summed up in one line', () => {
  const none = { creates: 0, edits: 0, activation_mails: 0, locks: 0 };
  expect(changesSummary(none)).toBe('');
  expect(changesSummary({ ...none, edits: 2, activation_mails: 3, locks: 1 })).toBe(
    '2 edits, 3 activation mails, 1 lock',
  );
  expect(changesSummary({ ...none, creates: 1 })).toBe('1 new customer');
});

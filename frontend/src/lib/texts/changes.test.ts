import { expect, test } from 'vitest';

import type { WaitingChange } from '$lib/api';

import { changeDeeds, changesSummary } from './changes';

const change = (more: Partial<WaitingChange>): WaitingChange => ({
  mutation_id: 'm',
  customer_id: 'c',
  kind: 'update',
  name: 'Anna de Vries',
  first_name: 'Anna',
  last_name: 'de Vries',
  username: 'anna@bikes.example',
  company: 'Bikes',
  fields: [],
  edit: false,
  activation_mail: false,
  lock: false,
  status: '',
  was_status: '',
  set_password_mail: false,
  both_addresses: false,
  sent: false,
  made_at: 1,
  problem: null,
  ...more,
});

test.each<[string[], Partial<WaitingChange>]>([
  [['Changes City'], { fields: ['city'], edit: true }],
  [['Changes City, Phone and Tags'], { fields: ['city', 'phone', 'tags'], edit: true }],
  [
    ['Activates the account', 'Mails a link to set the password'],
    {
      ...{ fields: ['status'], set_password_mail: true },
      ...{ status: 'activated', was_status: 'pending_activate' },
    },
  ],
  [
    ['Changes Password', 'Activates the account'],
    {
      ...{ fields: ['status', 'password_hash'], edit: true },
      ...{ status: 'activated', was_status: 'pending_activate' },
    },
  ],
  [
    ['Unlocks the account'],
    { fields: ['status', 'lock_reason'], status: 'activated', was_status: 'locked' },
  ],
  [['Locks the account'], { fields: ['status', 'lock_reason'], status: 'locked', lock: true }],
  [['Changes Lock reason'], { fields: ['lock_reason'], edit: true }],
  [
    ['Changes Notes', 'Locks the account'],
    { fields: ['status', 'notes'], edit: true, status: 'locked', lock: true },
  ],
  [
    ['Closes the account until it is activated again', 'Mails an activation link'],
    {
      ...{ fields: ['status'], activation_mail: true },
      ...{ status: 'pending_activate', was_status: 'activated' },
    },
  ],
  [
    ['Changes Username', 'Mails an activation link'],
    { fields: ['username'], edit: true, activation_mail: true },
  ],
  [
    ['Changes Username', 'Tells both addresses of the new username'],
    { fields: ['username'], edit: true, both_addresses: true },
  ],
  [
    ['Adds this customer', 'Mails an activation link'],
    {
      ...{ kind: 'create', fields: ['username', 'status'] },
      ...{ status: 'pending_activate', activation_mail: true },
    },
  ],
  [
    ['Adds this customer', 'Locks the account'],
    { kind: 'create', fields: ['username', 'status'], status: 'locked', lock: true },
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

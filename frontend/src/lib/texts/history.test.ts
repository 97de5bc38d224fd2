import { expect, test } from 'vitest';

import type { CustomerEvent } from '$lib/api';

import { eventSentence } from './history';

const event = (more: Partial<CustomerEvent>): CustomerEvent => ({
  id: 1,
  customer_id: 'c',
  at: 1,
  kind: 'changed',
  actor: { kind: 'partner', id: 'p', name: 'Wheel Agency' },
  visit: false,
  changes: [],
  detail: '',
  mail_kind: '',
  ...more,
});
const system = { kind: 'system', id: '', name: 'Back Office' } as const;

test.each<[string, Partial<CustomerEvent>]>([
  ['Wheel Agency added this customer', { kind: 'created' }],
  [
    'Wheel Agency changed Company from “A” to “B”, City to “Delft”, Phone from “1” to nothing',
    {
      changes: [
        { field: 'company', from: 'A', to: 'B' },
        { field: 'city', from: '', to: 'Delft' },
        { field: 'phone', from: '1', to: '' },
      ],
    },
  ],
  [
    'Wheel Agency changed Status from “Activated” to “Locked”',
    {
      kind: 'status_changed',
      changes: [{ field: 'status', from: 'activated', to: 'locked' }],
    },
  ],
  [
    'Wheel Agency changed Country from “country NL” to “country BE”',
    { changes: [{ field: 'country', from: 'NL', to: 'BE' }] },
  ],
  ['Wheel Agency moved this customer in from another Back Office', { kind: 'moved' }],
  ['Wheel Agency logged in as this customer: help', { kind: 'visited', detail: 'help' }],
  ['Wheel Agency logged in as this customer', { kind: 'visited' }],
  [
    'Activation mail failed: no such user',
    { kind: 'mail_failed', actor: system, mail_kind: 'activation', detail: 'no such user' },
  ],
  [
    'Activation mail was saved as a file, not sent',
    { kind: 'mail_saved', actor: system, mail_kind: 'activation' },
  ],
  [
    'Wheel Agency replaced the password while logged in as this customer',
    { kind: 'password_changed', visit: true },
  ],
])('%s', (sentence, more) => {
  expect(eventSentence(event(more), (code) => `country ${code}`)).toBe(sentence);
});
